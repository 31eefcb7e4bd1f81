package io.rollcall.reconciler.flow;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;

/**
 * A seeded history of a small tenant: people who are renamed, swap and hand on their
 * addresses, go and come back, groups that come and go, memberships. In the end no two
 * people who are there have the same address.
 */
final class World {

	static final List<String> USERS = List.of("u0", "u1", "u2", "u3", "u4", "u5");

	static final List<String> GROUPS = List.of("g0", "g1", "g2");

	private final Random random;

	private final List<Reading> readings = new ArrayList<>();

	private int sequence;

	World(long seed) {
		this.random = new Random(seed);
		for (int i = 0; i < 14; i++) {
			somethingHappens();
		}
		List<Integer> addresses = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
		Collections.shuffle(addresses, this.random);
		for (String user : USERS) {
			if (this.random.nextInt(5) == 0) {
				add((tenant, stamp) -> tenant.removed(stamp, user, ObjectKind.USER));
			}
			else {
				person(user, addresses.removeFirst());
			}
		}
		for (String group : GROUPS) {
			group(group, this.random.nextInt(4) > 0);
		}
	}

	private void somethingHappens() {
		String user = USERS.get(this.random.nextInt(USERS.size()));
		String group = GROUPS.get(this.random.nextInt(GROUPS.size()));
		boolean yes = this.random.nextInt(3) > 0;
		switch (this.random.nextInt(6)) {
			case 0, 1 -> person(user, this.random.nextInt(4));
			case 2 -> add((tenant, stamp) -> tenant.removed(stamp, user, ObjectKind.USER));
			case 3, 4 -> add((tenant, stamp) -> tenant.member(stamp, user, group, yes));
			default -> group(group, yes);
		}
	}

	private void person(String user, int address) {
		String name = user + " " + this.random.nextInt(3);
		add((tenant, stamp) -> tenant.user(stamp, user, "displayName", name, "mail", "a" + address + "@example.org"));
	}

	private void group(String group, boolean there) {
		String name = group + " " + this.random.nextInt(2);
		add((tenant, stamp) -> there ? tenant.group(stamp, group, name)
				: tenant.removed(stamp, group, ObjectKind.GROUP));
	}

	private void add(Said said) {
		Stamp stamp = new Stamp(new Sequence(++this.sequence), 0);
		this.readings.add((tenant) -> said.by(tenant, stamp));
	}

	/** As it happened. */
	List<Observation> inOrder(Tenant tenant) {
		return new ArrayList<>(this.readings.stream().map((reading) -> reading.of(tenant)).toList());
	}

	/** In another order, some of it twice. */
	List<Observation> shuffled(Tenant tenant, Random order) {
		List<Observation> observations = inOrder(tenant);
		for (int i = order.nextInt(6); i > 0; i--) {
			observations.add(observations.get(order.nextInt(observations.size())));
		}
		Collections.shuffle(observations, order);
		return observations;
	}

	private interface Said {

		Observation by(Tenant tenant, Stamp stamp);

	}

	private interface Reading {

		Observation of(Tenant tenant);

	}

}
