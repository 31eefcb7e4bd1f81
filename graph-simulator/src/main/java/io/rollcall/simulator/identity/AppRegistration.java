package io.rollcall.simulator.identity;

import java.util.Set;

/**
 * An application that may ask for tokens in a tenant.
 *
 * @param appId what clients call the client id
 * @param secret the one right secret
 * @param secretExpired whether that secret is over (AADSTS7000222)
 * @param consented whether an administrator consented (otherwise AADSTS65001)
 * @param permissions application permissions that were granted; taking one away works at
 * once
 * @param tokenSeconds how long a token lives
 */
public record AppRegistration(String appId, String secret, boolean secretExpired, boolean consented,
		Set<String> permissions, int tokenSeconds) {

	/** What a read-only sync needs. */
	public static final Set<String> READ_ONLY = Set.of("User.Read.All", "Group.Read.All", "GroupMember.Read.All",
			"AdministrativeUnit.Read.All", "Directory.Read.All", "Organization.Read.All");

	public AppRegistration {
		permissions = Set.copyOf(permissions);
	}

	public static AppRegistration readOnly(String appId, String secret) {
		return new AppRegistration(appId, secret, false, true, READ_ONLY, 3599);
	}

	public boolean hasAny(String... names) {
		for (String name : names) {
			if (this.permissions.contains(name)) {
				return true;
			}
		}
		return false;
	}

}
