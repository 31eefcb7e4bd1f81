package io.rollcall.simulator.tenant;

import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind: how many, in which state, and what life changed about them.
 */
final class Objects {

	/** Stands for "was set once and is empty now". */
	static final Object CLEARED = new Object();

	private static final byte LIVE = 0;

	private static final byte SOFT_DELETED = 1;

	private static final byte PURGED = 2;

	private final Generated generated;

	private final Map<Integer, Map<Attribute, Object>> changes = new HashMap<>();

	private final BitSet changed = new BitSet();

	private final Map<Integer, Long> deletedAt = new HashMap<>();

	private int count;

	private int live;

	private byte[] state;

	private int[] lastEntry;

	Objects(Generated generated, int count) {
		this.generated = generated;
		this.count = count;
		this.live = count;
		this.state = new byte[Math.max(16, count)];
		this.lastEntry = new int[Math.max(16, count)];
		Arrays.fill(this.lastEntry, ChangeLog.NONE);
	}

	int count() {
		return this.count;
	}

	int live() {
		return this.live;
	}

	int deleted() {
		return this.deletedAt.size();
	}

	Iterable<Integer> deletedIndexes() {
		return this.deletedAt.keySet().stream().sorted().toList();
	}

	boolean exists(int index) {
		return index >= 0 && index < this.count;
	}

	boolean isLive(int index) {
		return exists(index) && this.state[index] == LIVE;
	}

	boolean isSoftDeleted(int index) {
		return exists(index) && this.state[index] == SOFT_DELETED;
	}

	long deletedAt(int index) {
		return this.deletedAt.getOrDefault(index, 0L);
	}

	int lastEntry(int index) {
		return this.lastEntry[index];
	}

	void lastEntry(int index, int entry) {
		this.lastEntry[index] = entry;
	}

	/**
	 * The value; null where it was never set; {@link #CLEARED} where it was taken away.
	 */
	@Nullable Object value(int index, Attribute attribute) {
		if (this.changed.get(index)) {
			Object value = this.changes.getOrDefault(index, Map.of()).get(attribute);
			if (value != null) {
				return value;
			}
		}
		return this.generated.value(index, attribute);
	}

	void set(int index, Attribute attribute, Object value) {
		this.changed.set(index);
		this.changes.computeIfAbsent(index, (key) -> new EnumMap<>(Attribute.class)).put(attribute, value);
	}

	int add() {
		if (this.count == this.state.length) {
			int capacity = this.count + (this.count >> 2) + 16;
			this.state = Arrays.copyOf(this.state, capacity);
			this.lastEntry = Arrays.copyOf(this.lastEntry, capacity);
		}
		this.lastEntry[this.count] = ChangeLog.NONE;
		this.live++;
		return this.count++;
	}

	void softDelete(int index, long millis) {
		this.state[index] = SOFT_DELETED;
		this.deletedAt.put(index, millis);
		this.live--;
	}

	void restore(int index) {
		this.state[index] = LIVE;
		this.deletedAt.remove(index);
		this.live++;
	}

	void purge(int index) {
		if (this.state[index] == LIVE) {
			this.live--;
		}
		this.state[index] = PURGED;
		this.deletedAt.remove(index);
	}

}
