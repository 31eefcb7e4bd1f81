package io.rollcall.simulator.tenant;

import java.util.Arrays;

/**
 * Everything that happened since the tenant was seeded; an entry's number is its
 * sequence.
 * <p>
 * Kept in parallel arrays: 33 bytes an entry. Entries of one object are chained
 * backwards, so that "what happened to this one since" needs no search.
 */
public final class ChangeLog {

	/** No earlier entry. */
	public static final int NONE = -1;

	private static final What[] WHATS = What.values();

	private int size;

	private int[] object = new int[1024];

	private byte[] what = new byte[1024];

	private long[] attributes = new long[1024];

	private int[] member = new int[1024];

	private int[] previous = new int[1024];

	private long[] time = new long[1024];

	/**
	 * Appends an entry.
	 * @param lastOfObject the object's entry before this one
	 * @return the entry's sequence
	 */
	int append(ObjectRef ref, What happened, long changed, int memberCode, int lastOfObject, long millis) {
		if (this.size == this.object.length) {
			grow();
		}
		int entry = this.size;
		this.object[entry] = ref.packed();
		this.what[entry] = (byte) happened.ordinal();
		this.attributes[entry] = changed;
		this.member[entry] = memberCode;
		this.previous[entry] = lastOfObject;
		this.time[entry] = millis;
		this.size++;
		return entry;
	}

	public int size() {
		return this.size;
	}

	/** How many entries are at least this old: entries come in the order of time. */
	public int sizeAt(long millis) {
		int visible = this.size;
		while (visible > 0 && this.time[visible - 1] > millis) {
			visible--;
		}
		return visible;
	}

	public Kind kind(int entry) {
		return ObjectRef.kindOf(this.object[entry]);
	}

	public int index(int entry) {
		return ObjectRef.indexOf(this.object[entry]);
	}

	public What what(int entry) {
		return WHATS[this.what[entry]];
	}

	/** Which attributes changed, as {@link Attribute#bit() bits}. */
	public long attributes(int entry) {
		return this.attributes[entry];
	}

	/**
	 * Who was added or removed, see {@link ObjectRef#asMember()}; or who was the manager
	 * before.
	 */
	public int member(int entry) {
		return this.member[entry];
	}

	/** The same object's entry before this one. */
	public int previous(int entry) {
		return this.previous[entry];
	}

	public long time(int entry) {
		return this.time[entry];
	}

	private void grow() {
		int capacity = this.size * 2;
		this.object = Arrays.copyOf(this.object, capacity);
		this.what = Arrays.copyOf(this.what, capacity);
		this.attributes = Arrays.copyOf(this.attributes, capacity);
		this.member = Arrays.copyOf(this.member, capacity);
		this.previous = Arrays.copyOf(this.previous, capacity);
		this.time = Arrays.copyOf(this.time, capacity);
	}

}
