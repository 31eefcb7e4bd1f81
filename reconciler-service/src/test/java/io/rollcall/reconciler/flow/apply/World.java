package io.rollcall.reconciler.flow.apply;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;

/**
 * A seeded history of a small tenant: people who are renamed, swap and hand on their
 * addresses, go and come back, groups that come and go, memberships, listings of all that
 * somebody is in. In the end no two people have the same address, and who is gone never
 * had another's.
 */
final class World {

	static final List<String> USERS = List.of("u0", "u1", "u2", "u3", "u4", "u5");

	static final List<String> GONE = List.of("x0", "x1");

	static final List<String> GROUPS = List.of("g0", "g1", "g2");

	private final Random random;

	private final List<Reading> readings = new ArrayList<>();

	World(long seed) {
		this.random = new Random(seed);
		for (int i = 0; i < 18; i++) {
			somethingHappens();
		}
		List<Integer> addresses = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
		Collections.shuffle(addresses, this.random);
		USERS.forEach((user) -> person(user, "a" + addresses.removeFirst(), this.random.nextBoolean()));
		GONE.forEach(this::gone);
		GROUPS.forEach((group) -> group(group, this.random.nextInt(4) > 0));
	}

	private void somethingHappens() {
		String user = USERS.get(this.random.nextInt(USERS.size()));
		String group = GROUPS.get(this.random.nextInt(GROUPS.size()));
		boolean yes = this.random.nextInt(3) > 0;
		switch (this.random.nextInt(8)) {
			case 0, 1 -> person(user, "a" + this.random.nextInt(4), false);
			case 2 -> gone(user);
			case 3, 4 -> add((tenant) -> tenant.member(user, group, yes));
			case 5 -> person(user, "a" + this.random.nextInt(4), true);
			case 6 -> {
				String other = GONE.get(this.random.nextInt(GONE.size()));
				person(other, other, false);
				add((tenant) -> tenant.member(other, group, yes));
			}
			default -> group(group, yes);
		}
	}

	private void person(String user, String address, boolean withEdges) {
		String name = user + " " + this.random.nextInt(3);
		String[] groups = GROUPS.stream().filter((group) -> this.random.nextBoolean()).toArray(String[]::new);
		add((tenant) -> tenant.user(withEdges ? Tenant.in(groups) : null, user, "displayName", name, "mail",
				address + "@example.org"));
	}

	private void gone(String user) {
		add((tenant) -> tenant.removed(user, ObjectKind.USER));
	}

	private void group(String group, boolean there) {
		String name = group + " " + this.random.nextInt(2);
		add((tenant) -> there ? tenant.group(group, name) : tenant.removed(group, ObjectKind.GROUP));
	}

	private void add(Said said) {
		this.readings.add(new Reading(new Stamp(new Sequence(this.readings.size() + 1), 0), said));
	}

	/** As it happened. */
	List<Reading> inOrder() {
		return new ArrayList<>(this.readings);
	}

	/** In another order, some of it twice. */
	List<Reading> shuffled(Random order) {
		List<Reading> readings = inOrder();
		for (int i = order.nextInt(6); i > 0; i--) {
			readings.add(readings.get(order.nextInt(readings.size())));
		}
		Collections.shuffle(readings, order);
		return readings;
	}

	interface Said {

		Cell by(Tenant tenant);

	}

	record Reading(Stamp stamp, Said said) {
	}

}
