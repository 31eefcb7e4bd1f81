package io.rollcall.reconciler.rules.guard;

import io.rollcall.model.run.RunEvent.GuardedKind;

/** The guard's limits, one a kind. */
public record GuardLimits(Limit accounts, Limit memberships, Limit teams) {

	/** On by default. */
	public static final GuardLimits DEFAULT = new GuardLimits(new Limit(50, 10), new Limit(500, 20), new Limit(10, 20));

	/** The limit of a kind. */
	public Limit of(GuardedKind kind) {
		return switch (kind) {
			case ACCOUNTS -> this.accounts;
			case MEMBERSHIPS -> this.memberships;
			case TEAMS -> this.teams;
		};
	}

}
