package io.rollcall.simulator.tenant;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant is computed from.
 *
 * @param id the tenant's id, a UUID
 * @param domain the verified domain, of which user principal names are made
 * @param displayName the organization's name
 * @param users how many people to begin with
 * @param seed another seed, another tenant
 * @param groups how many groups to begin with
 * @param units how many administrative units to begin with
 * @param memberships how many groups a user is in, on average
 * @param guests share of guests, 0 to 1
 * @param disabled share of disabled accounts, 0 to 1
 * @param flaws share of people without a mail address or with somebody else's, 0 to 1
 */
public record TenantSpec(String id, String domain, String displayName, int users, long seed, int groups, int units,
		double memberships, double guests, double disabled, double flaws) {

	private static final int MOST_USERS = 10_000_000;

	public TenantSpec {
		if (users < 0 || users > MOST_USERS) {
			throw new IllegalArgumentException("users must be between 0 and %,d".formatted(MOST_USERS));
		}
		if (groups < 0 || units < 0 || memberships < 0) {
			throw new IllegalArgumentException("groups, units and memberships must not be negative");
		}
	}

	public static TenantSpec of(int users, long seed) {
		return of(null, null, null, users, seed);
	}

	/** A tenant in which all that is not given follows from size and seed. */
	public static TenantSpec of(@Nullable String id, @Nullable String domain, @Nullable String displayName, int users,
			long seed) {
		String tenantId = (id != null) ? id : new UUID(Mix.mix(seed, 1, users) & ~0xf000L | 0x4000,
				Mix.mix(seed, 2, users) & 0x3fffffffffffffffL | 0x8000000000000000L)
			.toString();
		return new TenantSpec(tenantId, (domain != null) ? domain : "contoso%d.example".formatted(seed),
				(displayName != null) ? displayName : "Contoso " + seed, users, seed, 30 + users / 50,
				Math.max(2, users / 2000), 5, 0.03, 0.02, 0);
	}

}
