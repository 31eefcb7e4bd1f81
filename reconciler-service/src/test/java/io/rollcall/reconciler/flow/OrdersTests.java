package io.rollcall.reconciler.flow;

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

import io.rollcall.model.directory.Observation;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.AccountStatus;
import io.rollcall.reconciler.rules.Staged;
import io.rollcall.reconciler.rules.Team;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same observations in 1,000 orders, batch cuts and duplications, half of them with
 * kills after random steps, make the same accounts; and the change log, read by a
 * consumer that dedupes by id, tells exactly what is stored.
 */
class OrdersTests {

	private static final long SEED = Long.getLong("seed", 20261123L);

	private static final int WORLDS = Integer.getInteger("worlds", 20);

	private static final int ORDERS = 50;

	private static MongoPorts ports;

	private static Storage storage;

	@BeforeAll
	static void start() {
		ports = MongoPorts.fresh();
		storage = ports.storage();
	}

	@AfterAll
	static void stop() {
		ports.close();
	}

	@Test
	void theSameObservationsMakeTheSameAccountsInAnyOrder() throws InterruptedException, ExecutionException {
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
		Tenant inOrder = new Tenant(ports, storage, "w" + seed);
		for (Observation observation : world.inOrder(inOrder)) {
			inOrder.settles(observation);
		}
		Map<String, String> expected = outcome(inOrder.releases().releases().releases());
		for (int order = 0; order < ORDERS; order++) {
			String name = "w" + seed + "-" + order;
			try {
				Random random = new Random(seed * 1_000 + order);
				Tenant tenant = new Tenant(ports, storage, name,
						(order % 2 == 1) ? kills(new Random(seed + order)) : CrashPoints.NONE);
				deliver(tenant, world.shuffled(tenant, random), random);
				assertThat(outcome(tenant)).as("the outcome of %s", name).isEqualTo(expected);
				ChangeLogReplay.assertTellsWhatIsStored(tenant, order % 2 == 1);
			}
			catch (AssertionError | RuntimeException ex) {
				throw new AssertionError(
						"seed %d, order %d (run with -Dseed=%d -Dworlds=1)".formatted(seed, order, seed), ex);
			}
		}
	}

	/** Kills after one step of eight, at most 40 times. */
	private static CrashPoints kills(Random random) {
		int[] left = { 40 };
		return (step) -> {
			synchronized (random) {
				if (random.nextInt(8) == 0 && left[0]-- > 0) {
					throw new Killed();
				}
			}
		};
	}

	/**
	 * Appends and applies by turns, in batches of any size, until all is done and
	 * released.
	 */
	private static void deliver(Tenant tenant, List<Observation> observations, Random random) {
		Iterator<Observation> next = observations.iterator();
		while (next.hasNext()) {
			for (int i = 1 + random.nextInt(12); i > 0 && next.hasNext(); i--) {
				tenant.says(next.next());
			}
			for (int i = random.nextInt(3); i > 0; i--) {
				applyOne(tenant, random);
			}
		}
		rest(tenant, random);
		// A release can set an account free, and who takes it over leaves its teams
		// behind.
		for (int i = 0; i < 3; i++) {
			tenant.release();
			rest(tenant, random);
		}
	}

	private static void rest(Tenant tenant, Random random) {
		for (int i = 0; !tenant.log.waiting().isEmpty(); i++) {
			assertThat(i).as("batches until the tenant comes to rest").isLessThan(2_000);
			applyOne(tenant, random);
		}
	}

	private static void applyOne(Tenant tenant, Random random) {
		List<Integer> waiting = tenant.log.waiting();
		if (!waiting.isEmpty()) {
			try {
				List<Integer> polled = new ArrayList<>(waiting);
				Collections.shuffle(polled, random);
				tenant.step(polled.subList(0, 1 + random.nextInt(polled.size())), 1 + random.nextInt(12));
			}
			catch (Killed ex) {
				// Its offset is not committed: it comes again, cut in another way.
			}
		}
	}

	/**
	 * What the application sees: who is in, with what, in which teams; which teams there
	 * are.
	 */
	private static Map<String, String> outcome(Tenant tenant) {
		Map<String, String> outcome = new TreeMap<>();
		Map<String, String> groups = groupsByTeam(tenant);
		for (Account account : tenant.accounts()) {
			if (account.status() == AccountStatus.ACTIVE) {
				List<String> teams = account.memberships()
					.stream()
					.map((membership) -> groups.getOrDefault(membership.team().value(), membership.team().value()))
					.sorted()
					.toList();
				String before = outcome.put(account.link().object().object().value(),
						new TreeMap<>(account.fields()) + " " + teams + " " + account.held()
								+ ((account.staged().equals(Staged.NOTHING)) ? "" : " staged"));
				assertThat(before).isNull();
			}
		}
		for (Team team : tenant.teams()) {
			if (team.status() == io.rollcall.model.state.State.Status.ACTIVE) {
				outcome.put(team.group().object().value(), team.name());
			}
		}
		return outcome;
	}

	/**
	 * Team ids are derived from the tenant's name, which differs from case to case:
	 * groups tell teams apart.
	 */
	private static Map<String, String> groupsByTeam(Tenant tenant) {
		Map<String, String> groups = new TreeMap<>();
		World.GROUPS.forEach((group) -> groups
			.put(io.rollcall.reconciler.rules.DerivedIds.team(tenant.organization, tenant.key(group)).value(), group));
		return groups;
	}

	/** The plug was pulled. */
	private static final class Killed extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private Killed() {
			super("killed", null, false, false);
		}

	}

}
