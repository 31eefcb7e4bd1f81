package io.rollcall.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.rollcall.benchmarks.Report;
import io.rollcall.benchmarks.pipe.Cost;
import io.rollcall.benchmarks.pipe.Furniture;
import io.rollcall.benchmarks.pipe.Graph;
import io.rollcall.benchmarks.pipe.Services;
import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.model.event.Topics;

/**
 * A first sync one service after the other, each alone with what the one before left in
 * Kafka: the same records and changes as in a sync, and what each stage can do when it
 * has the machine for itself. The sum of their times is the best that this machine could
 * do.
 */
public final class Stages {

	private final Furniture furniture;

	private final Services services;

	private final Watch watch;

	private final Report report;

	private final List<List<String>> rows = new ArrayList<>();

	private double seconds;

	private double cpu;

	public Stages(Furniture furniture, Services services, Watch watch, Report report) {
		this.furniture = furniture;
		this.services = services;
		this.watch = watch;
		this.report = report;
	}

	/** The best rate, in users a second. */
	public double run(int users, Duration longest) {
		Graph.Tenant tenant = this.furniture.graph().begin(users, 700);
		Graph.Truth truth = this.furniture.graph().truth(tenant);
		String connection = "stages";
		// Topics and databases are there after a first start, and nobody holds anybody
		// up.
		for (String service : List.of("notifier", "reconciler", "connector")) {
			this.services.start(service);
		}
		this.services.addOwner(connection);
		this.services.stop("notifier");
		this.services.stop("reconciler");
		try (FullRun run = new FullRun(this.watch, connection)) {
			stage("read Graph, publish", users, () -> {
				this.services.connect(tenant, connection);
				run.awaitRead(this.services, longest);
			});
			this.services.stop("connector");
			this.services.start("reconciler");
			stage("apply, publish changes and states", users, () -> run.awaitEnd(this.services, longest));
			this.services.stop("reconciler");
			this.services.start("notifier");
			stage("tell", users, () -> this.watch.awaitDone("rollcall-notifier", Topics.CHANGES, this.services));
		}
		this.rows.add(List.of("**sum**", Report.number(this.seconds), Report.number(users / this.seconds),
				Report.number(this.cpu * 1e6 / users)));
		this.report.table(
				"Single stages, %,d users with %,d memberships, each alone; a service starts before its stage's time begins"
					.formatted(users, truth.edges()),
				List.of("stage", "s", "users/s", "CPU µs per user, of everything"), this.rows);
		Oracle.check(this.report, this.watch, truth, connection);
		return users / this.seconds;
	}

	private void stage(String name, int users, Runnable work) {
		Cost before = Cost.now(this.furniture, this.services, this.watch);
		work.run();
		Cost spent = Cost.now(this.furniture, this.services, this.watch).since(before);
		this.rows.add(List.of(name, Report.number(spent.seconds()), Report.number(users / spent.seconds()),
				Report.number(spent.cpuSeconds() * 1e6 / users)));
		this.seconds += spent.seconds();
		this.cpu += spent.cpuSeconds();
	}

}
