package io.rollcall.simulator.tenant;

import java.util.Arrays;

/**
 * The memberships a tenant begins with: a few groups with very many, many with some, a
 * few with none, some nested.
 */
final class SeededMembers {

	private static final int LARGE = 16;

	private final TenantSpec spec;

	SeededMembers(TenantSpec spec) {
		this.spec = spec;
	}

	Members groups() {
		Members members = new Members(this.spec.groups());
		long left = (long) (this.spec.users() * this.spec.memberships());
		for (int group = 0; group < this.spec.groups(); group++) {
			int size = (int) Math.min(left, size(group, left));
			int[] nested = nested(group);
			int[] people = people(group, 31, size);
			int[] all = Arrays.copyOf(nested, nested.length + people.length);
			System.arraycopy(people, 0, all, nested.length, people.length);
			members.seed(group, all);
			left -= people.length;
		}
		return members;
	}

	Members units() {
		Members members = new Members(this.spec.units());
		for (int unit = 0; unit < this.spec.units(); unit++) {
			int[] people = people(unit, 41, this.spec.users() / (this.spec.units() * 3));
			int[] all = new int[people.length + ((this.spec.groups() > 0) ? 1 : 0)];
			if (this.spec.groups() > 0) {
				all[0] = ~(unit % this.spec.groups());
			}
			System.arraycopy(people, 0, all, all.length - people.length, people.length);
			members.seed(unit, all);
		}
		return members;
	}

	private int size(int group, long left) {
		int users = this.spec.users();
		if (group == 0) {
			return (int) Math.min(users / 4, left);
		}
		if (group <= LARGE) {
			return (int) Math.min(users / 32, left);
		}
		if (group == this.spec.groups() - 1) {
			return (int) Math.min(left, users);
		}
		if (group % 25 == 0) {
			return 0;
		}
		int average = (int) Math.min(users, left / (this.spec.groups() - group));
		return Mix.below(Mix.mix(this.spec.seed(), 30, group), Math.min(users, 2 * average + 1) + 1);
	}

	/** Only smaller numbers are nested, so there is no circle. */
	private static int[] nested(int group) {
		return (group > LARGE && group % 10 == 0) ? new int[] { ~(group - 1), ~(group - 2) } : new int[0];
	}

	/**
	 * One from each of so many equal slices of the people: sorted and distinct without a
	 * set.
	 */
	private int[] people(int container, int salt, int size) {
		int[] people = new int[size];
		double slice = (size == 0) ? 0 : (double) this.spec.users() / size;
		int count = 0;
		int next = 0;
		for (int i = 0; i < size && next < this.spec.users(); i++) {
			double random = (Mix.mix(this.spec.seed() + salt, container, i) >>> 11) * 0x1.0p-53;
			int person = Math.min(this.spec.users() - 1, Math.max(next, (int) ((i + random) * slice)));
			people[count++] = person;
			next = person + 1;
		}
		return Arrays.copyOf(people, count);
	}

}
