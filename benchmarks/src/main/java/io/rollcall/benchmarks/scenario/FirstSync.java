package io.rollcall.benchmarks.scenario;

import java.time.Duration;

import io.rollcall.benchmarks.Report;
import io.rollcall.benchmarks.pipe.Cost;
import io.rollcall.benchmarks.pipe.Furniture;
import io.rollcall.benchmarks.pipe.Graph;
import io.rollcall.benchmarks.pipe.Services;
import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.benchmarks.process.Usage;
import io.rollcall.model.event.Topics;

/**
 * The first sync of a tenant, from its activation until the run's end is told and the
 * notifier has seen all of it; then the same once more, over the unchanged tenant.
 */
public final class FirstSync {

	private final Furniture furniture;

	private final Services services;

	private final Watch watch;

	private final Report report;

	private final Duration longest;

	public FirstSync(Furniture furniture, Services services, Watch watch, Report report, Duration longest) {
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

	/**
	 * Takes a new tenant in.
	 * @param meanwhile something to do until that is done
	 */
	public Synced run(int users, Meanwhile meanwhile) {
		Graph.Tenant tenant = this.furniture.graph().begin(users, 100 + users);
		Graph.Truth truth = this.furniture.graph().truth(tenant);
		this.furniture.graph().deliverAtOnce(tenant);
		String connection = "bench-" + users;
		this.services.addOwner(connection);
		Report.progress("first sync of %,d users, %,d groups, %,d memberships".formatted(truth.users(), truth.teams(),
				truth.edges()));
		Cost before = Cost.now(this.furniture, this.services, this.watch);
		try (FullRun run = new FullRun(this.watch, connection); AutoCloseable doing = meanwhile.begin()) {
			this.services.connect(tenant, connection);
			run.awaitEnd(this.services, this.longest);
			this.watch.awaitDone("rollcall-notifier", Topics.CHANGES, this.services);
			Cost spent = Cost.now(this.furniture, this.services, this.watch).since(before);
			String size = "%,d users".formatted(truth.users());
			this.report.atMost("CPU of everything per user, first sync of " + size, 1.0,
					spent.cpuSeconds() * 1000 / truth.users(), "ms");
			this.report.atLeast("first sync, " + size, 1_500, truth.users() / run.endedAfter(), "users/s");
			memory(spent, "first sync of " + size);
			spent.report(
					this.report, "First sync of %s, %,d groups, %,d memberships: read after %.1f s, ended after %.1f s"
						.formatted(size, truth.teams(), truth.edges(), run.readAfter(), run.endedAfter()),
					truth.users());
			Oracle.check(this.report, this.watch, truth, connection);
			return new Synced(tenant, connection, run.endedAfter());
		}
		catch (Exception ex) {
			throw (ex instanceof RuntimeException known) ? known : new IllegalStateException(ex);
		}
	}

	/** Reads an unchanged tenant whole once more. */
	public void again(Synced synced) {
		long users = synced.tenant().users();
		Report.progress("second FULL run of %,d users".formatted(users));
		Cost before = Cost.now(this.furniture, this.services, this.watch);
		try (FullRun run = new FullRun(this.watch, synced.connection())) {
			this.services.readAgain(synced.connection());
			run.awaitEnd(this.services, this.longest);
			Cost spent = Cost.now(this.furniture, this.services, this.watch).since(before);
			String size = "%,d users".formatted(users);
			this.report.atLeast("second FULL run, " + size, 2_500, users / run.endedAfter(), "users/s");
			memory(spent, "second FULL run of " + size);
			spent.report(this.report, "Second FULL run of %s: ended after %.1f s".formatted(size, run.endedAfter()),
					users);
			long told = spent.records().getOrDefault(Topics.CHANGES, 0L)
					+ spent.records().getOrDefault(Topics.ACCOUNTS, 0L)
					+ spent.records().getOrDefault(Topics.TEAMS, 0L);
			if (told > 0) {
				this.report
					.note("**A FULL run over an unchanged tenant published %,d changes and states**".formatted(told));
			}
		}
	}

	private void memory(Cost spent, String after) {
		this.services.usage()
			.keySet()
			.forEach((service) -> this.report.atMost("memory of the %s, %s".formatted(service, after), 512,
					spent.processes().getOrDefault(service, Usage.NONE).peakMegabytes(), "MB"));
	}

	/** Something that goes on while a sync runs. */
	@FunctionalInterface
	public interface Meanwhile {

		AutoCloseable begin();

	}

}
