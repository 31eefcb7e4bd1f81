package io.rollcall.simulator.tenant;

/** One directory object of a tenant, by its place in the seeded order. */
public record ObjectRef(Kind kind, int index) {

	private static final int INDEX_BITS = 29;

	private static final Kind[] KINDS = Kind.values();

	/** The reference in one number, for the change log. */
	int packed() {
		return this.kind.ordinal() << INDEX_BITS | this.index;
	}

	static Kind kindOf(int packed) {
		return KINDS[packed >>> INDEX_BITS];
	}

	static int indexOf(int packed) {
		return packed & ((1 << INDEX_BITS) - 1);
	}

	/**
	 * As a member of a group or unit: users count up from zero, groups down from minus
	 * one.
	 */
	public int asMember() {
		return (this.kind == Kind.USER) ? this.index : ~this.index;
	}

	public static ObjectRef ofMember(int member) {
		return (member >= 0) ? new ObjectRef(Kind.USER, member) : new ObjectRef(Kind.GROUP, ~member);
	}

}
