package io.rollcall.model.run;

/** What a run's decisions did to accounts, teams and memberships. */
public record ApplyCounts(long created, long updated, long deactivated, long reactivated, long held, long teams,
		long joined, long left) {

	public static final ApplyCounts NONE = new ApplyCounts(0, 0, 0, 0, 0, 0, 0, 0);

	public ApplyCounts plus(ApplyCounts other) {
		return new ApplyCounts(this.created + other.created, this.updated + other.updated,
				this.deactivated + other.deactivated, this.reactivated + other.reactivated, this.held + other.held,
				this.teams + other.teams, this.joined + other.joined, this.left + other.left);
	}

}
