package io.rollcall.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.benchmarks.Report;
import io.rollcall.benchmarks.pipe.Furniture;
import io.rollcall.benchmarks.pipe.Graph;
import io.rollcall.benchmarks.pipe.Http;
import io.rollcall.benchmarks.pipe.Services;
import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.benchmarks.process.Usage;
import io.rollcall.model.event.Topics;
import org.apache.kafka.common.TopicPartition;

/**
 * The first sync of a tenant: from its activation until every account, team and
 * membership is stored, its changes are published, the run is completed and the states
 * are projected. Then it counts whether all of it is there.
 */
public final class InitialSync {

	private static final long LOOK_MILLIS = 200;

	private final Furniture furniture;

	private final Services services;

	private final Watch watch;

	private final Report report;

	private final Duration longest;

	public InitialSync(Furniture furniture, Services services, Watch watch, Report report, Duration longest) {
		this.furniture = furniture;
		this.services = services;
		this.watch = watch;
		this.report = report;
		this.longest = longest;
	}

	/**
	 * A tenant after its first sync.
	 *
	 * @param seconds until the run was completed
	 */
	public record Synced(Graph.Tenant tenant, String connection, double seconds) {

		public double usersPerSecond() {
			return this.tenant.users() / this.seconds;
		}

	}

	public Synced run(int users) {
		Graph.Tenant tenant = this.furniture.graph().begin(users, 100 + users);
		Graph.Truth truth = this.furniture.graph().truth(tenant);
		this.furniture.graph().deliverAtOnce(tenant);
		String connection = "bench-" + users;
		Report.progress("initial sync of %,d users, %,d groups, %,d memberships".formatted(truth.users(), truth.teams(),
				truth.edges()));
		Map<TopicPartition, Long> changesBefore = this.watch.ends(Topics.CHANGES);
		Map<String, Usage> before = this.services.usageWith(this.furniture);
		try (RunFollower run = new RunFollower(this.watch, connection)) {
			long begun = System.nanoTime();
			this.services.connect(tenant, connection);
			await(run, connection, truth, begun);
			double completed = seconds(begun);
			awaitLag("rollcall-projection", Topics.CHANGES, begun);
			double projected = seconds(begun);
			awaitLag("rollcall-notifier", Topics.CHANGES, begun);
			Map<String, Usage> after = this.services.usageWith(this.furniture);
			report(truth, run, completed, projected, before, after);
			check(truth, connection, changesBefore);
			return new Synced(tenant, connection, completed);
		}
	}

	private void await(RunFollower run, String connection, Graph.Truth truth, long begun) {
		long told = begun;
		while (run.completed() == null) {
			run.look();
			this.services.checkAlive();
			if (System.nanoTime() - told > Duration.ofSeconds(10).toNanos()) {
				told = System.nanoTime();
				Report.progress("%4.0f s: %s, %s, %,d observations wait".formatted(seconds(begun), run.progress(),
						this.watch.stored(connection), this.watch.lag("rollcall-reconciler", Topics.OBSERVATIONS)));
			}
			if (System.nanoTime() - begun > this.longest.toNanos()) {
				this.report.note("**The run of %s was not completed within %s**: %s, stored %s of %s"
					.formatted(connection, this.longest, run.progress(), this.watch.stored(connection), truth));
				return;
			}
		}
	}

	private void awaitLag(String group, String topic, long begun) {
		while (this.watch.lag(group, topic) > 0) {
			Http.pause(LOOK_MILLIS);
			this.services.checkAlive();
			if (System.nanoTime() - begun > this.longest.toNanos() * 2) {
				this.report.note("**%s has not caught up with %s**: %,d records wait".formatted(group, topic,
						this.watch.lag(group, topic)));
				return;
			}
		}
	}

	private void report(Graph.Truth truth, RunFollower run, double completed, double projected,
			Map<String, Usage> before, Map<String, Usage> after) {
		String size = "%,d users".formatted(truth.users());
		this.report.atLeast("initial sync, " + size, 5_000, truth.users() / completed, "users/s");
		this.report.atLeast("initial sync, " + size, 10_000, truth.edges() / completed, "memberships/s");
		List<List<String>> rows = new ArrayList<>();
		double all = 0;
		for (Map.Entry<String, Usage> process : after.entrySet()) {
			Usage spent = process.getValue().since(before.getOrDefault(process.getKey(), Usage.NONE));
			all += spent.cpuSeconds();
			rows.add(List.of(process.getKey(), Report.number(spent.cpuSeconds()),
					Report.number(spent.cpuSeconds() * 1e6 / truth.users()), Report.number(spent.residentMegabytes()),
					Report.number(spent.peakMegabytes())));
		}
		rows.add(List.of("all", Report.number(all), Report.number(all * 1e6 / truth.users()), "", ""));
		this.report.table(
				"Initial sync of %s, %,d groups, %,d memberships: read after %.1f s, completed after %.1f s, projected after %.1f s"
					.formatted(size, truth.teams(), truth.edges(), run.readAfter(), completed, projected),
				List.of("process", "CPU s", "CPU µs per user", "RSS MB", "peak RSS MB"), rows);
		for (String service : this.services.usage().keySet()) {
			this.report.atMost("memory of the %s after %s".formatted(service, size), 512,
					after.getOrDefault(service, Usage.NONE).peakMegabytes(), "MB");
		}
	}

	private void check(Graph.Truth truth, String connection, Map<TopicPartition, Long> changesBefore) {
		Watch.Stored stored = this.watch.stored(connection);
		Map<String, Long> changes = new HashMap<>();
		Map<String, Boolean> ids = new HashMap<>();
		this.watch.read(Topics.CHANGES, changesBefore, (record) -> {
			String type = new String(record.headers().lastHeader("ce_type").value());
			if (ids.put(new String(record.headers().lastHeader("ce_id").value()), true) == null) {
				changes.merge(type.replaceAll("io\\.rollcall\\.change\\.|\\.v1", ""), 1L, Long::sum);
			}
		});
		Map<String, long[]> found = new LinkedHashMap<>();
		found.put("accounts in MongoDB", new long[] { truth.accounts(), stored.accounts() });
		found.put("teams in MongoDB", new long[] { truth.teams(), stored.teams() });
		found.put("memberships in MongoDB", new long[] { truth.memberships(), stored.memberships() });
		found.put("AccountCreated on the change log",
				new long[] { truth.accounts(), changes.getOrDefault("AccountCreated", 0L) });
		found.put("TeamCreated on the change log",
				new long[] { truth.teams(), changes.getOrDefault("TeamCreated", 0L) });
		found.put("MemberAdded on the change log",
				new long[] { truth.memberships(), changes.getOrDefault("MemberAdded", 0L) });
		found.put("states of accounts",
				new long[] { truth.accounts(), this.watch.states(Topics.ACCOUNTS, connection) });
		found.put("states of teams", new long[] { truth.teams(), this.watch.states(Topics.TEAMS, connection) });
		found.put("dead letters", new long[] { 0, this.watch.deadLetters() });
		List<List<String>> rows = new ArrayList<>();
		found.forEach((what, counts) -> {
			boolean right = counts[0] == counts[1];
			rows.add(List.of(what, "%,d".formatted(counts[0]), "%,d".formatted(counts[1]), right ? "yes" : "**NO**"));
			if (!right) {
				this.report.note("**Wrong after the initial sync of %s: %s should be %,d and are %,d** (changes: %s)"
					.formatted(connection, what, counts[0], counts[1], changes));
			}
		});
		this.report.table("Is all of it there? %s against the simulator's truth".formatted(connection),
				List.of("what", "should be", "is", "right"), rows);
	}

	private static double seconds(long begun) {
		return (System.nanoTime() - begun) / 1e9;
	}

}
