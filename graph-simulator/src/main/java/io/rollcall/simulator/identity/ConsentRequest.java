package io.rollcall.simulator.identity;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a link to a consent page asks for, and the ways back from there.
 *
 * @param version 1 or 2 of the endpoint
 * @param tenant as the link names it
 * @param state null when there was none
 */
record ConsentRequest(int version, String tenant, String clientId, String redirectUri, @Nullable String state,
		String scope) {

	private static final Pattern ENCODED = Pattern.compile("%[0-9A-F]{2}");

	/** Null where the parameters do not make a request. */
	static ConsentRequest of(int version, String tenant, Map<String, String> parameters) {
		String client = parameters.getOrDefault("client_id", "");
		if (client.isEmpty()) {
			throw new SignInRefused(900144, "The request must contain the following parameter: 'client_id'.");
		}
		String redirect = parameters.getOrDefault("redirect_uri", "");
		if (redirect.isEmpty()) {
			throw new SignInRefused(900971, "No reply address provided.");
		}
		String scope = parameters.getOrDefault("scope", "");
		if (version == 2 && scope.isEmpty()) {
			throw new SignInRefused(900144, "The request must contain the following parameter: 'scope'.");
		}
		return new ConsentRequest(version, tenant, client, redirect, parameters.get("state"), scope);
	}

	/**
	 * Whether application permissions are asked for, as the first version always does.
	 */
	boolean asksForApplicationPermissions() {
		return this.version == 1 || this.scope.endsWith("/.default");
	}

	ConsentRequest answeringWith(@Nullable String otherState) {
		return (otherState == null) ? this : new ConsentRequest(this.version, this.tenant, this.clientId,
				this.redirectUri, otherState.isEmpty() ? null : otherState, this.scope);
	}

	String success(String tenantId) {
		return (this.version == 2) ? redirect("admin_consent=True&tenant=" + tenantId + "&scope=" + encode(this.scope))
				: back("tenant=" + tenantId + stateParameter() + "&admin_consent=True");
	}

	/** The first version sends neither state nor admin_consent along. */
	String canceled(@Nullable Boolean adminConsent) {
		return (this.version == 2)
				? failure(ConsentScript.CANCELED, "consent_required",
						"The resource owner or authorization server denied the request.", adminConsent)
				: back((Boolean.TRUE.equals(adminConsent) ? "admin_consent=True&" : "")
						+ "error=permission_denied&error_description=The+admin+canceled+the+request");
	}

	String failed(SignInError error, @Nullable Boolean adminConsent) {
		return failure(error.code(), error.error(), error.message(), adminConsent);
	}

	private String failure(int code, String error, String message, @Nullable Boolean adminConsent) {
		boolean told = (adminConsent != null) ? adminConsent : this.version == 2;
		String description = "AADSTS%d: %s\r\nTrace ID: %s\r\nCorrelation ID: %s\r\nTimestamp: %s".formatted(code,
				message, UUID.randomUUID(), UUID.randomUUID(),
				Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' '));
		String parameters = (told ? "admin_consent=True&" : "") + "error=" + error + "&error_description="
				+ encode(description);
		return (this.version == 2) ? redirect(parameters) : back(parameters);
	}

	private String redirect(String parameters) {
		return back(parameters + stateParameter());
	}

	private String stateParameter() {
		return (this.state != null) ? "&state=" + encode(this.state) : "";
	}

	private String back(String parameters) {
		return this.redirectUri + (this.redirectUri.contains("?") ? '&' : '?') + parameters;
	}

	/** With small hex digits, as Entra ID writes them. */
	private static String encode(String text) {
		return ENCODED.matcher(URLEncoder.encode(text, StandardCharsets.UTF_8))
			.replaceAll((match) -> match.group().toLowerCase(Locale.ROOT));
	}

}
