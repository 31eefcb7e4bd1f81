package io.rollcall.model.run;

/** What a run read from Graph, in objects, edges and pages. */
public record ReadCounts(long users, long groups, long units, long removed, long memberships, long managers,
		long pages) {

	public static final ReadCounts NONE = new ReadCounts(0, 0, 0, 0, 0, 0, 0);

	public ReadCounts plus(ReadCounts other) {
		return new ReadCounts(this.users + other.users, this.groups + other.groups, this.units + other.units,
				this.removed + other.removed, this.memberships + other.memberships, this.managers + other.managers,
				this.pages + other.pages);
	}

}
