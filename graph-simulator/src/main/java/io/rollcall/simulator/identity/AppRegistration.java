package io.rollcall.simulator.identity;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An application in a tenant, its own one or another's that it gave consent to.
 *
 * @param consented whether an administrator consented (otherwise AADSTS65001)
 * @param disabled whether the tenant switched it off (AADSTS7000112)
 * @param permissions application permissions that were granted
 * @param tokenSeconds how long a token lives
 */
public record AppRegistration(Application application, boolean consented, boolean disabled, Set<String> permissions,
		int tokenSeconds) {

	private static final int USUAL_TOKEN_SECONDS = 3599;

	public AppRegistration {
		permissions = Set.copyOf(permissions);
	}

	/** With all that a read-only sync needs granted. */
	public static AppRegistration readOnly(String appId, String home, String secret) {
		return consented(Application.readOnly(appId, home, secret));
	}

	/** With all granted that the application asks for. */
	public static AppRegistration consented(Application application) {
		return new AppRegistration(application, true, false, application.requested(), USUAL_TOKEN_SECONDS);
	}

	public String appId() {
		return this.application.appId();
	}

	public boolean hasAny(String... names) {
		for (String name : names) {
			if (this.permissions.contains(name)) {
				return true;
			}
		}
		return false;
	}

	AppRegistration with(Application changed) {
		return new AppRegistration(changed, this.consented, this.disabled, this.permissions, this.tokenSeconds);
	}

	/** Consent to these permissions, and none of those before. */
	AppRegistration consentedTo(Set<String> granted) {
		return new AppRegistration(this.application, true, this.disabled, granted, this.tokenSeconds);
	}

	/** What a token with these roles opens: what was taken away since is gone. */
	AppRegistration within(Set<String> roles) {
		return new AppRegistration(this.application, this.consented, this.disabled,
				this.permissions.stream().filter(roles::contains).collect(Collectors.toSet()), this.tokenSeconds);
	}

	/** The id of the service principal, the application's face in a tenant. */
	String principalId(String tenant) {
		return UUID.nameUUIDFromBytes((tenant + "/principal/" + appId()).getBytes(StandardCharsets.UTF_8)).toString();
	}

}
