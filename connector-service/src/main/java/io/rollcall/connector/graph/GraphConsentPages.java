package io.rollcall.connector.graph;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.microsoft.aad.msal4j.AuthorizationCodeParameters;
import com.microsoft.aad.msal4j.MsalException;
import com.microsoft.aad.msal4j.MsalServiceException;
import io.rollcall.connector.flow.consent.ConsentPages;
import io.rollcall.connector.graph.GraphSettings.App;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.util.StringUtils;

/**
 * Microsoft's pages for the installation's application.
 *
 * @see <a href=
 * "https://learn.microsoft.com/entra/identity-platform/v2-admin-consent">Admin
 * consent</a>
 */
final class GraphConsentPages implements ConsentPages {

	private static final Set<String> WHO = Set.of("openid", "profile");

	private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d+)");

	private static final JsonMapper JSON = JsonMapper.shared();

	private final GraphSettings settings;

	private final ClientCredentials credentials;

	private final OkHttpClient http;

	private final String publicUrl;

	GraphConsentPages(GraphSettings settings, ClientCredentials credentials, OkHttpClient http,
			@Value("${rollcall.public-url:}") String publicUrl) {
		this.settings = settings;
		this.credentials = credentials;
		this.http = http;
		this.publicUrl = StringUtils.trimTrailingCharacter(publicUrl, '/');
	}

	@Override
	public @Nullable String clientId() {
		App app = this.settings.app();
		return (app != null) ? app.clientId() : null;
	}

	@Override
	public @Nullable String publicUrl() {
		return this.publicUrl.isBlank() ? null : this.publicUrl;
	}

	@Override
	public String consent(String tenant, String state) {
		return page(tenant, "/v2.0/adminconsent", "/consent/callback", this.settings.scope()) + "&state="
				+ encoded(state);
	}

	@Override
	public String signIn(String tenant, String state, String nonce) {
		return page(tenant, "/oauth2/v2.0/authorize", "/consent/signed-in", String.join(" ", new TreeSet<>(WHO)))
				+ "&response_type=code&response_mode=query&state=" + encoded(state) + "&nonce=" + encoded(nonce);
	}

	/** The token comes from Entra itself, by TLS, so its signature says nothing more. */
	@Override
	public SignedIn signedIn(String tenant, String code) {
		try {
			String token = Tokens
				.application(this.settings, tenant, Objects.requireNonNull(clientId()), this.credentials.ofApp(),
						this.http)
				.acquireToken(
						AuthorizationCodeParameters.builder(code, URI.create(this.publicUrl + "/consent/signed-in"))
							.scopes(WHO)
							.build())
				.join()
				.idToken();
			JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
			Set<String> roles = new TreeSet<>();
			claims.path("wids").forEach((role) -> roles.add(role.asString("")));
			return new SignedIn(claims.path("aud").asString(""), claims.path("tid").asString(""),
					claims.path("oid").asString(""), claims.path("nonce").asString(""), roles);
		}
		catch (CompletionException ex) {
			throw notTold(ex.getCause());
		}
		catch (MsalException ex) {
			throw notTold(ex);
		}
		catch (IllegalArgumentException | JacksonException ex) {
			throw new NotTold("id_token");
		}
	}

	private static NotTold notTold(@Nullable Throwable cause) {
		if (!(cause instanceof MsalServiceException refused)) {
			return new NotTold(null);
		}
		Matcher number = AADSTS.matcher(String.valueOf(refused.getMessage()));
		return new NotTold(number.find() ? number.group(1) : refused.errorCode());
	}

	private String page(String tenant, String path, String back, String scope) {
		return this.settings.login() + "/" + tenant + path + "?client_id=" + encoded(String.valueOf(clientId()))
				+ "&redirect_uri=" + encoded(this.publicUrl + back) + "&scope=" + encoded(scope);
	}

	private static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
