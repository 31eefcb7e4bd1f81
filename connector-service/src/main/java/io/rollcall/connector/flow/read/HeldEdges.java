package io.rollcall.connector.flow.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import org.jspecify.annotations.Nullable;

/**
 * All edges that a FULL run has read, until they ride with their member: about 100 MB for
 * 5,000,000 edges of 1,000,000 objects. Objects are numbers here; an object's edges are a
 * chain through two arrays.
 */
final class HeldEdges {

	private static final int NONE = -1;

	private static final byte LISTED = 1;

	private static final byte RODE = 2;

	private final Ids ids = new Ids();

	/** By object: its first edge, its manager, its kind and what became of it. */
	private int[] first = filled(1024);

	private int[] manager = filled(1024);

	private byte[] kind = new byte[1024];

	private byte[] flags = new byte[1024];

	/** By edge: its container, and the next one of the same member. */
	private int[] container = new int[4096];

	private int[] next = new int[4096];

	private int edges;

	private int used;

	private int free = NONE;

	/** How many edges there are. */
	int size() {
		return this.edges;
	}

	/** What a page, or a live read meanwhile, said. */
	void take(List<Cell> cells) {
		for (Cell cell : cells) {
			switch (cell) {
				case Cell.EdgeRead edge when edge.present() -> {
					int member = number(edge.object(), edge.kind());
					put(member, number(edge.container(), kindOf(edge.in())));
				}
				case Cell.EdgeRead edge -> remove(edge.object(), edge.container());
				case Cell.ManagerRead read -> manager(number(read.object(), ObjectKind.USER), read.manager());
				case Cell.ObjectRead read when read.edges() != null ->
					replace(read.object(), read.kind(), read.edges());
				case Cell.ObjectRead _, Cell.EdgesRead _, Cell.ObjectGone _, Cell.MembersListed _, Cell.Unreadable _ ->
					{
					}
			}
		}
	}

	/** All members of a container are known; whoever else is in it has left. */
	void members(ObjectId container, Map<ObjectId, ObjectKind> members) {
		int number = this.ids.find(container.value());
		if (number == NONE) {
			return;
		}
		BitSet stay = new BitSet(this.ids.size());
		for (ObjectId member : members.keySet()) {
			int known = this.ids.find(member.value());
			if (known != NONE) {
				stay.set(known);
			}
		}
		for (int member = stay.nextClearBit(0); member < this.ids.size(); member = stay.nextClearBit(member + 1)) {
			remove(member, number);
		}
	}

	/** A group or unit was listed by its chain. */
	void listed(ObjectId container, ObjectKind kindOfIt) {
		this.flags[number(container, kindOfIt)] |= LISTED;
	}

	/** What rides with an object's own cell. */
	Edges ride(ObjectId object, ObjectKind kindOfIt) {
		int number = number(object, kindOfIt);
		this.flags[number] |= RODE;
		return edgesOf(number);
	}

	/**
	 * The edges of the groups that were listed, from a number on, at most so many groups.
	 * @return the number to go on with, or -1
	 */
	int groups(int from, int most, Consumer<Map.Entry<ObjectId, Edges>> each) {
		int given = 0;
		for (int number = from; number < this.ids.size(); number++) {
			if ((this.flags[number] & LISTED) != 0 && kind(number) == ObjectKind.GROUP) {
				if (given++ == most) {
					return number;
				}
				this.flags[number] |= RODE;
				each.accept(Map.entry(new ObjectId(this.ids.get(number)), edgesOf(number)));
			}
		}
		return NONE;
	}

	/**
	 * The single edges of members that no page has brought, from a number on, about so
	 * many edges.
	 * @return the number to go on with, or -1
	 */
	int left(int from, int most, List<Cell> cells) {
		for (int number = from; number < this.ids.size(); number++) {
			if (cells.size() >= most) {
				return number;
			}
			if ((this.flags[number] & RODE) == 0) {
				ObjectId member = new ObjectId(this.ids.get(number));
				for (int edge = this.first[number]; edge != NONE; edge = this.next[edge]) {
					int in = this.container[edge];
					cells.add(new Cell.EdgeRead(cells.size(), member, kind(number),
							(kind(in) == ObjectKind.GROUP) ? ContainerKind.GROUP : ContainerKind.ADMINISTRATIVE_UNIT,
							new ObjectId(this.ids.get(in)), true));
				}
			}
		}
		return NONE;
	}

	private Edges edgesOf(int number) {
		List<ObjectId> groups = new ArrayList<>();
		List<ObjectId> units = new ArrayList<>();
		for (int edge = this.first[number]; edge != NONE; edge = this.next[edge]) {
			int in = this.container[edge];
			((kind(in) == ObjectKind.GROUP) ? groups : units).add(new ObjectId(this.ids.get(in)));
		}
		int by = this.manager[number];
		return new Edges(groups, units, (by != NONE) ? new ObjectId(this.ids.get(by)) : null);
	}

	private void replace(ObjectId object, ObjectKind kindOfIt, Edges all) {
		int number = number(object, kindOfIt);
		while (this.first[number] != NONE) {
			remove(number, this.container[this.first[number]]);
		}
		all.groups().forEach((group) -> put(number, number(group, ObjectKind.GROUP)));
		all.units().forEach((unit) -> put(number, number(unit, ObjectKind.ADMINISTRATIVE_UNIT)));
		manager(number, all.manager());
	}

	private void manager(int user, @Nullable ObjectId by) {
		int number = (by != null) ? number(by, ObjectKind.USER) : NONE;
		this.manager[user] = number;
	}

	private void put(int member, int in) {
		for (int edge = this.first[member]; edge != NONE; edge = this.next[edge]) {
			if (this.container[edge] == in) {
				return;
			}
		}
		int edge = this.free;
		if (edge != NONE) {
			this.free = this.next[edge];
		}
		else {
			edge = this.used++;
			if (edge == this.next.length) {
				int more = edge + (edge >> 1);
				this.next = Arrays.copyOf(this.next, more);
				this.container = Arrays.copyOf(this.container, more);
			}
		}
		this.container[edge] = in;
		this.next[edge] = this.first[member];
		this.first[member] = edge;
		this.edges++;
	}

	private void remove(ObjectId object, ObjectId in) {
		int member = this.ids.find(object.value());
		int number = this.ids.find(in.value());
		if (member != NONE && number != NONE) {
			remove(member, number);
		}
	}

	private void remove(int member, int in) {
		int before = NONE;
		for (int edge = this.first[member]; edge != NONE; before = edge, edge = this.next[edge]) {
			if (this.container[edge] == in) {
				if (before == NONE) {
					this.first[member] = this.next[edge];
				}
				else {
					this.next[before] = this.next[edge];
				}
				this.next[edge] = this.free;
				this.free = edge;
				this.edges--;
				return;
			}
		}
	}

	private int number(ObjectId object, ObjectKind kindOfIt) {
		int number = this.ids.add(object.value());
		if (number >= this.first.length) {
			int before = this.first.length;
			int more = before + (before >> 1);
			this.first = Arrays.copyOf(this.first, more);
			Arrays.fill(this.first, before, more, NONE);
			this.manager = Arrays.copyOf(this.manager, more);
			Arrays.fill(this.manager, before, more, NONE);
			this.kind = Arrays.copyOf(this.kind, more);
			this.flags = Arrays.copyOf(this.flags, more);
		}
		this.kind[number] = (byte) kindOfIt.ordinal();
		return number;
	}

	private ObjectKind kind(int number) {
		return KINDS[this.kind[number]];
	}

	private static final ObjectKind[] KINDS = ObjectKind.values();

	private static ObjectKind kindOf(ContainerKind in) {
		return (in == ContainerKind.ADMINISTRATIVE_UNIT) ? ObjectKind.ADMINISTRATIVE_UNIT : ObjectKind.GROUP;
	}

	private static int[] filled(int length) {
		int[] filled = new int[length];
		Arrays.fill(filled, NONE);
		return filled;
	}

	/** Numbers for ids, in one array of bytes. */
	private static final class Ids {

		private byte[] bytes = new byte[36 * 1024];

		/** Where each id ends. */
		private int[] ends = new int[1024];

		private int size;

		/** Numbers by hash, each plus one; at most half full. */
		private int[] table = new int[4096];

		int size() {
			return this.size;
		}

		String get(int number) {
			int begin = begin(number);
			return new String(this.bytes, begin, this.ends[number] - begin, StandardCharsets.UTF_8);
		}

		int find(String id) {
			byte[] wanted = id.getBytes(StandardCharsets.UTF_8);
			return this.table[slot(this.table, wanted, 0, wanted.length)] - 1;
		}

		int add(String id) {
			byte[] wanted = id.getBytes(StandardCharsets.UTF_8);
			int slot = slot(this.table, wanted, 0, wanted.length);
			if (this.table[slot] != 0) {
				return this.table[slot] - 1;
			}
			int begin = begin(this.size);
			int end = begin + wanted.length;
			if (end > this.bytes.length) {
				this.bytes = Arrays.copyOf(this.bytes, Math.max(end, begin + (begin >> 1)));
			}
			if (this.size == this.ends.length) {
				this.ends = Arrays.copyOf(this.ends, this.size + (this.size >> 1));
			}
			System.arraycopy(wanted, 0, this.bytes, begin, wanted.length);
			this.ends[this.size] = end;
			this.table[slot] = ++this.size;
			if (this.size > this.table.length / 2) {
				grow();
			}
			return this.size - 1;
		}

		private void grow() {
			int[] larger = new int[this.table.length * 2];
			for (int number = 0; number < this.size; number++) {
				larger[slot(larger, this.bytes, begin(number), this.ends[number])] = number + 1;
			}
			this.table = larger;
		}

		/** Where an id is, or would be. */
		private int slot(int[] in, byte[] from, int begin, int end) {
			int hash = 0;
			for (int i = begin; i < end; i++) {
				hash = 31 * hash + from[i];
			}
			hash ^= hash >>> 15;
			int slot = hash & (in.length - 1);
			while (in[slot] != 0 && !is(in[slot] - 1, from, begin, end)) {
				slot = (slot + 1) & (in.length - 1);
			}
			return slot;
		}

		private boolean is(int number, byte[] from, int begin, int end) {
			return Arrays.equals(this.bytes, begin(number), this.ends[number], from, begin, end);
		}

		private int begin(int number) {
			return (number == 0) ? 0 : this.ends[number - 1];
		}

	}

}
