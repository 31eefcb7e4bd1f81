package io.rollcall.reconciler.flow.apply;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.event.Topics;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Team;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same cells in 1,000 orders, batch cuts and duplications, on either topic, half of
 * them with kills before, in and after random steps, make the same facts and accounts;
 * and the change log, read by a consumer that dedupes by id, tells exactly what is
 * stored.
 */
class OrdersTests {

	private static final long SEED = Long.getLong("seed", 20261123L);

	private static final int WORLDS = Integer.getInteger("worlds", 20);

	private static final int ORDERS = Integer.getInteger("orders", 50);

	/** A FULL run that began when nobody had left since. */
	private static final Stamp NOBODY_LEFT = new Stamp(new Sequence(Long.MAX_VALUE >>> 11), 0);

	@AutoClose
	private static final MongoPorts ports = MongoPorts.fresh();

	@Test
	void theSameCellsMakeTheSameAccountsInAnyOrder() throws InterruptedException, ExecutionException {
		try (ExecutorService cases = Executors.newFixedThreadPool(6)) {
			List<Future<?>> results = new ArrayList<>();
			for (int world = 0; world < WORLDS; world++) {
				long seed = SEED + world;
				results.add(cases.submit(() -> inEveryOrder(seed)));
			}
			for (Future<?> result : results) {
				result.get();
			}
		}
	}

	private static void inEveryOrder(long seed) {
		World world = new World(seed);
		Tenant inOrder = new Tenant(ports, "w" + seed);
		for (World.Reading reading : world.inOrder()) {
			inOrder.says(Topics.OBSERVATIONS, inOrder.observed(reading.stamp(), null, reading.said().by(inOrder)));
			inOrder.settles();
		}
		inOrder.releases();
		ChangeLog.assertTellsWhatIsStored(inOrder, true);
		Map<String, String> expected = outcome(inOrder);
		for (int order = 0; order < ORDERS; order++) {
			String name = "w" + seed + "-" + order;
			try {
				Random random = new Random(seed * 1_000 + order);
				boolean killed = order % 2 == 1;
				Tenant tenant = new Tenant(ports, name,
						killed ? Kills.by(new Random(seed + order), 10, 20) : Kills.NONE);
				deliver(tenant, world.shuffled(random), random);
				assertThat(outcome(tenant)).as("the outcome of %s", name).isEqualTo(expected);
				ChangeLog.assertTellsWhatIsStored(tenant, !killed);
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError(
						"seed %d, order %d (run with -Dseed=%d -Dworlds=1)".formatted(seed, order, seed), ex);
			}
		}
	}

	/**
	 * Appends and applies by turns, in batches of any size, until all is done and
	 * released.
	 */
	private static void deliver(Tenant tenant, List<World.Reading> readings, Random random) {
		Iterator<World.Reading> next = readings.iterator();
		boolean listsGroups = random.nextBoolean();
		while (next.hasNext()) {
			for (int i = 1 + random.nextInt(12); i > 0 && next.hasNext(); i--) {
				World.Reading reading = next.next();
				Cell cell = reading.said().by(tenant);
				if (random.nextInt(3) == 0 && (listsGroups || cell.kind() == ObjectKind.USER)) {
					tenant.lists(NOBODY_LEFT, reading.stamp(), cell);
				}
				else {
					tenant.says(Topics.OBSERVATIONS, tenant.observed(reading.stamp(), null, cell));
				}
			}
			for (int i = random.nextInt(3); i > 0; i--) {
				applyOne(tenant, random);
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
		rest(tenant, random);
		for (int i = 0; !tenant.staged.isEmpty(); i++) {
			assertThat(i).as("rounds of releases").isLessThan(50);
			tenant.release();
			rest(tenant, random);
		}
	}

	/**
	 * Every other batch takes all that waits: what follows from readings comes in many
	 * small records, and each batch costs the database the same.
	 */
	static void rest(Tenant tenant, Random random) {
		for (int i = 0; !tenant.isAtRest(); i++) {
			assertThat(i).as("batches until the tenant comes to rest").isLessThan(3_000);
			if (random.nextBoolean()) {
				applyOne(tenant, random);
			}
			else {
				step(tenant, tenant.log.waiting(), 1_000);
			}
		}
	}

	static void applyOne(Tenant tenant, Random random) {
		List<Log.Place> waiting = new ArrayList<>(tenant.log.waiting());
		Collections.shuffle(waiting, random);
		step(tenant, waiting.subList(0, waiting.isEmpty() ? 0 : 1 + random.nextInt(waiting.size())),
				1 + random.nextInt(12));
	}

	private static void step(Tenant tenant, List<Log.Place> places, int most) {
		if (!places.isEmpty()) {
			try {
				tenant.step(places, most);
			}
			catch (Kills.Killed ex) {
				// Its offsets are not committed: it comes again, cut in another way.
			}
		}
	}

	/**
	 * What the application sees: who is in, with what, in which teams; which teams there
	 * are; and what is known of the directory.
	 */
	private static Map<String, String> outcome(Tenant tenant) {
		Map<String, String> outcome = new TreeMap<>();
		Map<String, String> groups = new TreeMap<>();
		World.GROUPS.forEach((group) -> groups
			.put(DerivedIds.team(tenant.organization, tenant.connection, Tenant.containerOf(group)).value(), group));
		for (Account account : tenant.accounts()) {
			if (account.status() == Status.ACTIVE) {
				List<String> teams = account.memberships()
					.stream()
					.map((member) -> groups.getOrDefault(member.team().value(), member.team().value()))
					.sorted()
					.toList();
				String before = outcome.put(account.object().object().value(),
						new TreeMap<>(account.fields()) + " " + teams + " " + account.held()
								+ (account.staged().equals(Account.Staged.NOTHING) ? "" : " staged"));
				assertThat(before).isNull();
			}
		}
		for (Team team : tenant.teams()) {
			if (team.status() == Status.ACTIVE) {
				outcome.put(team.source().object().value(), team.name());
			}
		}
		ports.facts(tenant.connection)
			.forEach((stored) -> outcome.put("facts of " + stored.facts().key().object(), text(stored.facts())));
		return outcome;
	}

	private static String text(Facts facts) {
		// What was read of somebody before an older page came late is of no use.
		return (facts.lives() ? new TreeMap<>(facts.attributes().values()) : "") + " " + facts.departure() + " "
				+ facts.in() + " " + ((facts.whole() != null) ? facts.whole().stamp() : null) + " " + facts.listed();
	}

}
