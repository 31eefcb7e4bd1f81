package io.rollcall.simulator.tenant;

import java.util.Arrays;

/**
 * Who is in the containers of one kind: a sorted array of member codes for each, so that
 * pages can go on by value.
 */
final class Members {

	private static final int[] NOBODY = {};

	private int[][] members;

	private int[] sizes;

	private long total;

	Members(int containers) {
		this.members = new int[Math.max(16, containers)][];
		this.sizes = new int[Math.max(16, containers)];
		Arrays.fill(this.members, NOBODY);
	}

	long total() {
		return this.total;
	}

	int size(int container) {
		return this.sizes[container];
	}

	int at(int container, int position) {
		return this.members[container][position];
	}

	/** Where the first member not less than this one stands. */
	int position(int container, int member) {
		int found = Arrays.binarySearch(this.members[container], 0, this.sizes[container], member);
		return (found >= 0) ? found : -found - 1;
	}

	boolean contains(int container, int member) {
		int at = position(container, member);
		return at < this.sizes[container] && this.members[container][at] == member;
	}

	/** Gives a container its first members, which must be sorted and distinct. */
	void seed(int container, int[] sorted) {
		this.members[container] = sorted;
		this.sizes[container] = sorted.length;
		this.total += sorted.length;
	}

	/** Room for one more container. */
	void grow(int containers) {
		if (containers > this.members.length) {
			int before = this.members.length;
			this.members = Arrays.copyOf(this.members, containers * 2);
			this.sizes = Arrays.copyOf(this.sizes, containers * 2);
			Arrays.fill(this.members, before, this.members.length, NOBODY);
		}
	}

	void add(int container, int member) {
		int at = position(container, member);
		int size = this.sizes[container];
		int[] target = this.members[container];
		if (size == target.length) {
			target = Arrays.copyOf(target, size + (size >> 2) + 4);
			this.members[container] = target;
		}
		System.arraycopy(target, at, target, at + 1, size - at);
		target[at] = member;
		this.sizes[container]++;
		this.total++;
	}

	void remove(int container, int member) {
		int at = position(container, member);
		int[] target = this.members[container];
		System.arraycopy(target, at + 1, target, at, this.sizes[container] - at - 1);
		this.sizes[container]--;
		this.total--;
	}

}
