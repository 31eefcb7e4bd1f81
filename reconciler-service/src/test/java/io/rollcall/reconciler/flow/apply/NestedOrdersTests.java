package io.rollcall.reconciler.flow.apply;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.rollcall.model.ObjectId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.event.Topics;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Nesting;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.scope.Scope;
import io.rollcall.reconciler.rules.scope.Who;
import io.rollcall.reconciler.rules.scope.Who.Members;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random histories of groups that are put into each other, in circles too, die, come back
 * and are listed, each in several orders, batch cuts and duplications, live and in FULL
 * runs, with kills. In the end what is stored to follow from groups in groups is what
 * follows from the facts by another way of reckoning, and so are the accounts.
 */
class NestedOrdersTests {

	private static final long SEED = Long.getLong("seed", 20261201L);

	private static final int HISTORIES = Integer.getInteger("histories", 150);

	private static final int ORDERS = Integer.getInteger("orders", 2);

	private static final List<String> USERS = List.of("u0", "u1", "u2", "u3", "u4");

	private static final List<String> GROUPS = List.of("g0", "g1", "g2", "g3", "g4", "g5", "g6");

	private static final Stamp NOBODY_LEFT = new Stamp(new Sequence(Long.MAX_VALUE >>> 11), 0);

	/** Whoever is in or below g0, or in g1, but for those in or below g2. */
	private static final Rules RULES = Rules.standard()
		.as(2)
		.with(new Scope(groups(Map.of("g0", Members.TRANSITIVE, "g1", Members.DIRECT)),
				groups(Map.of("g2", Members.TRANSITIVE)), false, false));

	@AutoClose
	private static final MongoPorts ports = MongoPorts.fresh();

	@Test
	void whatFollowsFromGroupsInGroupsIsWhatFollowsFromTheFacts() throws InterruptedException, ExecutionException {
		try (ExecutorService cases = Executors.newFixedThreadPool(6)) {
			List<Future<?>> results = new ArrayList<>();
			for (int history = 0; history < HISTORIES; history++) {
				long seed = SEED + history;
				results.add(cases.submit(() -> inSomeOrders(seed)));
			}
			for (Future<?> result : results) {
				result.get();
			}
		}
	}

	private static void inSomeOrders(long seed) {
		List<World.Reading> history = history(new Random(seed));
		Map<String, String> first = null;
		for (int order = 0; order < ORDERS; order++) {
			try {
				Random random = new Random(seed * 1_000 + order);
				Kills kills = (order % 2 == 1) ? Kills.by(new Random(seed + order), 10, 20) : Kills.NONE;
				Tenant tenant = new Tenant(ports, "n" + seed + "-" + order, kills);
				tenant.rules(RULES);
				tenant.followingNesting();
				deliver(tenant, (order == 0) ? history : shuffled(history, random), random);
				Map<String, String> outcome = check(tenant);
				assertThat(outcome).as("the same as in order").isEqualTo((first != null) ? first : outcome);
				first = outcome;
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError(
						"seed %d, order %d (run with -Dseed=%d -Dhistories=1)".formatted(seed, order, seed), ex);
			}
		}
	}

	private static List<World.Reading> history(Random random) {
		List<World.Said> said = new ArrayList<>();
		for (int i = 0; i < 30; i++) {
			String user = any(USERS, random);
			String group = any(GROUPS, random);
			String other = any(GROUPS, random);
			boolean yes = random.nextInt(3) > 0;
			said.add(switch (random.nextInt(8)) {
				case 0 -> (tenant) -> person(tenant, user);
				case 1 -> (tenant) -> yes ? tenant.group(group, group) : tenant.removed(group, ObjectKind.GROUP);
				case 2, 3 -> (tenant) -> tenant.member(user, group, yes);
				case 4 -> (tenant) -> new Cell.MembersListed(1, new ObjectId(group), ObjectKind.GROUP);
				default -> (tenant) -> tenant.nested(group, other, yes);
			});
		}
		// In the end all of it was read once.
		USERS.forEach((user) -> said.add((tenant) -> person(tenant, user)));
		GROUPS.forEach((group) -> {
			boolean lives = random.nextInt(5) > 0;
			said.add((tenant) -> lives ? tenant.group(group, group) : tenant.removed(group, ObjectKind.GROUP));
		});
		List<World.Reading> readings = new ArrayList<>();
		said.forEach((one) -> readings.add(new World.Reading(new Stamp(new Sequence(readings.size() + 1), 0), one)));
		return readings;
	}

	private static List<World.Reading> shuffled(List<World.Reading> history, Random random) {
		List<World.Reading> readings = new ArrayList<>(history);
		for (int i = random.nextInt(6); i > 0; i--) {
			readings.add(any(history, random));
		}
		Collections.shuffle(readings, random);
		return readings;
	}

	private static void deliver(Tenant tenant, List<World.Reading> readings, Random random) {
		Iterator<World.Reading> next = readings.iterator();
		boolean listsGroups = random.nextBoolean();
		while (next.hasNext()) {
			for (int i = 1 + random.nextInt(8); i > 0 && next.hasNext(); i--) {
				World.Reading reading = next.next();
				Cell cell = reading.said().by(tenant);
				if (listsGroups && random.nextInt(3) == 0) {
					tenant.lists(NOBODY_LEFT, reading.stamp(), cell);
				}
				else {
					tenant.says(Topics.OBSERVATIONS, tenant.observed(reading.stamp(), null, cell));
				}
			}
			for (int i = random.nextInt(3); i > 0; i--) {
				OrdersTests.applyOne(tenant, random);
			}
		}
		if (listsGroups) {
			// Users come last.
			readings.forEach((reading) -> {
				if (reading.said().by(tenant) instanceof Cell.ObjectRead user && user.kind() == ObjectKind.USER) {
					tenant.lists(NOBODY_LEFT, reading.stamp(), user);
				}
			});
		}
		OrdersTests.rest(tenant, random);
		for (int i = 0; !tenant.staged.isEmpty(); i++) {
			assertThat(i).as("rounds of releases").isLessThan(50);
			tenant.release();
			OrdersTests.rest(tenant, random);
		}
	}

	/** What is stored is what follows from the facts; the facts, and who is in. */
	private static Map<String, String> check(Tenant tenant) {
		Map<String, Facts> facts = new TreeMap<>();
		ports.facts(tenant.connection)
			.forEach((stored) -> facts.put(stored.facts().key().object().value(), stored.facts()));
		Map<String, Set<String>> above = above(facts);
		Map<ObjectId, Nesting> stored = ports.nestings(tenant.connection);
		above.forEach((group, all) -> {
			if (facts.get(group).departure() != null) {
				// Nobody counts as being in it; it is followed when it comes back.
				return;
			}
			Nesting nesting = stored.getOrDefault(new ObjectId(group), Nesting.none(new ObjectId(group)));
			assertThat(new TreeSet<>(nesting.above().stream().map((one) -> one.object().value()).toList()))
				.as("above %s", group)
				.isEqualTo(all);
			assertThat(nesting.in()).as("what %s is in", group).isEqualTo(facts.get(group).in());
		});
		Map<String, String> outcome = new TreeMap<>();
		for (String user : USERS) {
			Set<String> in = counting(facts, user);
			Set<String> all = new TreeSet<>(in);
			in.forEach((group) -> all.addAll(above.get(group)));
			boolean expected = (all.contains("g0") || in.contains("g1")) && !all.contains("g2");
			assertThat(isActive(tenant, user)).as("%s is in %s", user, all).isEqualTo(expected);
			outcome.put(user, expected + " " + in);
		}
		GROUPS.forEach((group) -> outcome.put(group, String.valueOf(above.get(group))));
		return outcome;
	}

	/** Adds what is above what is above, until nothing is new. */
	private static Map<String, Set<String>> above(Map<String, Facts> facts) {
		Map<String, Set<String>> above = new LinkedHashMap<>();
		GROUPS.forEach((group) -> above.put(group, new TreeSet<>(counting(facts, group))));
		for (boolean more = true; more;) {
			more = false;
			for (Set<String> all : above.values()) {
				for (String group : List.copyOf(all)) {
					more |= all.addAll(above.get(group));
				}
			}
		}
		return above;
	}

	/** The living groups that an object is in by edges that no listing made old. */
	private static Set<String> counting(Map<String, Facts> facts, String object) {
		Set<String> counting = new TreeSet<>();
		Facts of = facts.get(object);
		for (Container in : of.in()) {
			Facts group = facts.get(in.object().value());
			Stamp edge = of.newer()
				.stream()
				.filter((newer) -> in.object().equals(newer.container()) && newer.kind() == ContainerKind.GROUP)
				.map(Facts.Newer::stamp)
				.findFirst()
				.orElse(of.listed());
			if (group.departure() == null && edge.sequence().value() >= group.membersListed().sequence().value()) {
				counting.add(in.object().value());
			}
		}
		return counting;
	}

	private static boolean isActive(Tenant tenant, String user) {
		return tenant.accounts()
			.stream()
			.anyMatch((Account account) -> account.status() == Status.ACTIVE
					&& tenant.key(user).equals(account.object()));
	}

	private static Cell person(Tenant tenant, String user) {
		return tenant.person(user, user, user + "@x.org");
	}

	private static Who groups(Map<String, Members> groups) {
		Map<ObjectId, Members> all = new LinkedHashMap<>();
		groups.forEach((group, members) -> all.put(new ObjectId(group), members));
		return new Who(Set.of(), all, Set.of(), null);
	}

	private static <T> T any(List<T> all, Random random) {
		return all.get(random.nextInt(all.size()));
	}

}
