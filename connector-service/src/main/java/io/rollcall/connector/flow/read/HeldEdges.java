package io.rollcall.connector.flow.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import org.jspecify.annotations.Nullable;

/**
 * All edges that a FULL run has read, until they ride with their member: about 100 MB for
 * 5,000,000 edges of 1,000,000 objects. Objects are numbers here.
 */
final class HeldEdges {

	private static final ObjectKind[] KINDS = ObjectKind.values();

	private static final int NONE = -1;

	private static final int[] NOTHING = {};

	private static final byte LISTED = 1;

	private static final byte RODE = 2;

	private final Ids ids = new Ids();

	/** By object: what it is in, its manager, its kind and what became of it. */
	private int[][] containers = new int[1024][];

	private int[] manager = new int[1024];

	private byte[] kind = new byte[1024];

	private byte[] flags = new byte[1024];

	private int edges;

	/** What is being listed by its id, and who was in it and has not been said since. */
	private int listing = NONE;

	private BitSet unnamed = new BitSet();

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

	/**
	 * A container is going to be listed by its id: whoever is in it now, and is not said
	 * to be in it until the end, has left.
	 */
	void beginListing(ObjectId container) {
		this.listing = this.ids.find(container.value());
		this.unnamed = new BitSet(this.ids.size());
		for (int member = 0; member < this.ids.size(); member++) {
			if (indexOf(in(member), this.listing) != NONE) {
				this.unnamed.set(member);
			}
		}
	}

	/** All its members have been said; it may be that another listing has begun. */
	void endListing(ObjectId container) {
		if (this.listing != NONE && this.listing == this.ids.find(container.value())) {
			this.unnamed.stream().forEach((member) -> remove(member, this.listing));
			this.listing = NONE;
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
	int groups(int from, int most, List<Cell> cells) {
		for (int number = from; number < this.ids.size(); number++) {
			if (cells.size() >= most) {
				return number;
			}
			if ((this.flags[number] & LISTED) != 0 && kind(number) == ObjectKind.GROUP) {
				this.flags[number] |= RODE;
				cells.add(new Cell.EdgesRead(cells.size(), this.ids.get(number), ObjectKind.GROUP, edgesOf(number)));
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
				for (int in : in(number)) {
					cells.add(new Cell.EdgeRead(cells.size(), this.ids.get(number), kind(number),
							(kind(in) == ObjectKind.GROUP) ? ContainerKind.GROUP : ContainerKind.ADMINISTRATIVE_UNIT,
							this.ids.get(in), true));
				}
			}
		}
		return NONE;
	}

	private Edges edgesOf(int number) {
		List<ObjectId> groups = new ArrayList<>();
		List<ObjectId> units = new ArrayList<>();
		for (int in : in(number)) {
			((kind(in) == ObjectKind.GROUP) ? groups : units).add(this.ids.get(in));
		}
		int by = this.manager[number] - 1;
		return new Edges(groups, units, (by != NONE) ? this.ids.get(by) : null);
	}

	private void replace(ObjectId object, ObjectKind kindOfIt, Edges all) {
		int number = number(object, kindOfIt);
		this.edges -= in(number).length;
		this.containers[number] = NOTHING;
		all.groups().forEach((group) -> put(number, number(group, ObjectKind.GROUP)));
		all.units().forEach((unit) -> put(number, number(unit, ObjectKind.ADMINISTRATIVE_UNIT)));
		manager(number, all.manager());
	}

	/** Stored as its number plus one, as most have none. */
	private void manager(int user, @Nullable ObjectId by) {
		int number = (by != null) ? number(by, ObjectKind.USER) : NONE;
		this.manager[user] = number + 1;
	}

	private int[] in(int number) {
		return (this.containers[number] != null) ? this.containers[number] : NOTHING;
	}

	private void put(int member, int container) {
		if (container == this.listing) {
			this.unnamed.clear(member);
		}
		int[] in = in(member);
		if (indexOf(in, container) == NONE) {
			int[] more = Arrays.copyOf(in, in.length + 1);
			more[in.length] = container;
			this.containers[member] = more;
			this.edges++;
		}
	}

	private void remove(ObjectId object, ObjectId container) {
		int member = this.ids.find(object.value());
		if (member != NONE) {
			remove(member, this.ids.find(container.value()));
		}
	}

	private void remove(int member, int container) {
		int[] in = in(member);
		int index = indexOf(in, container);
		if (index != NONE) {
			int last = in[in.length - 1];
			int[] less = (in.length > 1) ? Arrays.copyOf(in, in.length - 1) : NOTHING;
			if (index < less.length) {
				less[index] = last;
			}
			this.containers[member] = less;
			this.edges--;
		}
	}

	private static int indexOf(int[] in, int container) {
		for (int i = 0; i < in.length; i++) {
			if (in[i] == container) {
				return i;
			}
		}
		return NONE;
	}

	private int number(ObjectId object, ObjectKind kindOfIt) {
		int number = this.ids.add(object.value());
		if (number >= this.kind.length) {
			int more = number + (number >> 1);
			this.containers = Arrays.copyOf(this.containers, more);
			this.manager = Arrays.copyOf(this.manager, more);
			this.kind = Arrays.copyOf(this.kind, more);
			this.flags = Arrays.copyOf(this.flags, more);
		}
		this.kind[number] = (byte) kindOfIt.ordinal();
		return number;
	}

	private ObjectKind kind(int number) {
		return KINDS[this.kind[number]];
	}

	private static ObjectKind kindOf(ContainerKind in) {
		return (in == ContainerKind.ADMINISTRATIVE_UNIT) ? ObjectKind.ADMINISTRATIVE_UNIT : ObjectKind.GROUP;
	}

	/** Numbers for ids, in one array of bytes. */
	private static final class Ids {

		private byte[] bytes = new byte[36 * 1024];

		/** Where each id ends, and its hash. */
		private int[] ends = new int[1024];

		private int[] hashes = new int[1024];

		private int size;

		/** Numbers by hash, each plus one; at most half full. */
		private int[] table = new int[4096];

		int size() {
			return this.size;
		}

		ObjectId get(int number) {
			int begin = begin(number);
			return new ObjectId(new String(this.bytes, begin, this.ends[number] - begin, StandardCharsets.UTF_8));
		}

		int find(String id) {
			return this.table[slot(id.hashCode(), id.getBytes(StandardCharsets.UTF_8))] - 1;
		}

		int add(String id) {
			byte[] wanted = id.getBytes(StandardCharsets.UTF_8);
			int slot = slot(id.hashCode(), wanted);
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
				this.hashes = Arrays.copyOf(this.hashes, this.ends.length);
			}
			System.arraycopy(wanted, 0, this.bytes, begin, wanted.length);
			this.ends[this.size] = end;
			this.hashes[this.size] = id.hashCode();
			this.table[slot] = ++this.size;
			if (this.size > this.table.length / 2) {
				grow();
			}
			return this.size - 1;
		}

		private void grow() {
			this.table = new int[this.table.length * 2];
			for (int number = 0; number < this.size; number++) {
				int slot = first(this.hashes[number]);
				while (this.table[slot] != 0) {
					slot = next(slot);
				}
				this.table[slot] = number + 1;
			}
		}

		/** Where an id is, or would be. */
		private int slot(int hash, byte[] id) {
			int slot = first(hash);
			while (this.table[slot] != 0 && !is(this.table[slot] - 1, hash, id)) {
				slot = next(slot);
			}
			return slot;
		}

		private int first(int hash) {
			return (hash ^ hash >>> 15) & (this.table.length - 1);
		}

		private int next(int slot) {
			return (slot + 1) & (this.table.length - 1);
		}

		private boolean is(int number, int hash, byte[] id) {
			return this.hashes[number] == hash
					&& Arrays.equals(this.bytes, begin(number), this.ends[number], id, 0, id.length);
		}

		private int begin(int number) {
			return (number == 0) ? 0 : this.ends[number - 1];
		}

	}

}
