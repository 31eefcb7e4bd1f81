package io.rollcall.benchmarks.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.rollcall.benchmarks.Report;
import io.rollcall.benchmarks.pipe.Cost;
import io.rollcall.benchmarks.pipe.Furniture;
import io.rollcall.benchmarks.pipe.Http;
import io.rollcall.benchmarks.pipe.Services;
import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.benchmarks.process.Usage;

/**
 * How long it takes from a rename in the directory until it is in an inbox: one alone,
 * fifty a second, and one now and then beside a neighbour's first sync.
 */
public final class ChangeLatency {

	private static final int PER_SECOND = 50;

	private static final int PARTS = 3;

	/** Polls that follow a hint are asked 5 s and 30 s later. */
	private static final Duration QUIET = Duration.ofSeconds(45);

	private static final Duration LONGEST = Duration.ofSeconds(45);

	private static final Duration AFTERWARDS = Duration.ofSeconds(2);

	private final Furniture furniture;

	private final Services services;

	private final Watch watch;

	private final Report report;

	public ChangeLatency(Furniture furniture, Services services, Watch watch, Report report) {
		this.furniture = furniture;
		this.services = services;
		this.watch = watch;
		this.report = report;
	}

	/**
	 * One rename, when nothing else happens and nobody gets mails: which records and
	 * writes it costs.
	 */
	public void lonely(FirstSync.Synced synced) {
		this.services.endMails(synced.connection());
		try (Renames renames = new Renames(this.furniture, this.services, synced)) {
			Http.pause(QUIET.toMillis());
			Cost idle = spent(() -> Http.pause(AFTERWARDS.plusSeconds(1).toMillis()));
			Cost spent = spent(() -> {
				renames.rename(0);
				if (!renames.await(1, LONGEST)) {
					this.report.note("**A lonely rename did not reach the inbox within %s**".formatted(LONGEST));
				}
				Http.pause(AFTERWARDS.toMillis());
			});
			this.report.atMost("one lonely rename", 5, spent.allRecords(), "Kafka records");
			this.report.atMost("one lonely rename", 5, spent.documentWrites(), "document writes");
			spent.report(this.report,
					"One lonely rename, in the inbox after %s ms (in %.1f s at rest before: %d records, %d writes)"
						.formatted(Report.number(Percentiles.ofNanos(renames.times(0, 1)).at(0.5)), idle.seconds(),
								idle.allRecords(), idle.documentWrites()),
					1);
		}
	}

	/** Renames of this tenant, one a second, until it is closed. */
	public AutoCloseable beside(FirstSync.Synced synced) {
		Trail trail = new Trail(this.watch, Renames.NAME);
		Renames renames = new Renames(this.furniture, this.services, synced);
		AtomicBoolean over = new AtomicBoolean();
		Thread thread = Thread.ofVirtual().start(() -> {
			for (int n = 0; !over.get(); n++) {
				renames.rename(n);
				Http.pause(1_000);
			}
		});
		return () -> {
			over.set(true);
			thread.join();
			int all = renames.sent();
			boolean complete = renames.await(all, LONGEST);
			Percentiles times = Percentiles.ofNanos(renames.times(0, all));
			trail.report(this.report, "beside a first sync", renames);
			renames.close();
			this.report.atMost("one rename beside another tenant's first sync, p50 of %d".formatted(all), 300,
					times.at(0.5), "ms");
			this.report.atMost("one rename beside another tenant's first sync, p99 of %d".formatted(all), 1_000,
					times.at(0.99), "ms");
			if (!complete) {
				this.report.note("**Renames beside a first sync are missing in the inbox**");
			}
		};
	}

	/** Renames at a steady rate. */
	public void many(FirstSync.Synced synced, Duration during) {
		int changes = (int) (during.toSeconds() * PER_SECOND);
		Report.progress("%,d renames at %d/s".formatted(changes, PER_SECOND));
		Trail trail = new Trail(this.watch, Renames.NAME);
		try (Renames renames = new Renames(this.furniture, this.services, synced)) {
			Cost spent = spent(() -> Renames.atRate(changes, PER_SECOND, renames::rename));
			if (!renames.await(changes, LONGEST)) {
				this.report.note("**%,d of %,d renames did not reach the inbox within %s of the last one**"
					.formatted(changes - renames.times(0, changes).size(), changes, LONGEST));
			}
			report(renames, changes);
			this.report.table("CPU ms of a second at %d changes/s".formatted(PER_SECOND), List.of("process", "ms"),
					spent.processes()
						.entrySet()
						.stream()
						.map((process) -> List.of(process.getKey(), milliseconds(process.getValue(), spent)))
						.toList());
			trail.report(this.report, "at %d changes/s".formatted(PER_SECOND), renames);
		}
	}

	private void report(Renames renames, int changes) {
		Percentiles all = Percentiles.ofNanos(renames.times(0, changes));
		this.report.atMost("change → account → inbox, p50 at 50 changes/s", 250, all.at(0.5), "ms");
		this.report.atMost("change → account → inbox, p99 at 50 changes/s", 1_000, all.at(0.99), "ms");
		List<List<String>> rows = new ArrayList<>();
		rows.add(row("all", renames, 0, changes));
		for (int part = 0; part < PARTS; part++) {
			int from = changes * part / PARTS;
			rows.add(
					row("from second %d on".formatted(from / PER_SECOND), renames, from, changes * (part + 1) / PARTS));
		}
		this.report.table("Change → inbox at %d changes/s".formatted(PER_SECOND),
				List.of("renames", "number", "arrived", "p50 ms", "p90 ms", "p99 ms", "longest ms"), rows);
	}

	private static List<String> row(String which, Renames renames, int from, int to) {
		List<Long> times = renames.times(from, to);
		Percentiles all = Percentiles.ofNanos(times);
		return List.of(which, "%,d".formatted(to - from), "%,d".formatted(times.size()), Report.number(all.at(0.5)),
				Report.number(all.at(0.9)), Report.number(all.at(0.99)), Report.number(all.at(1)));
	}

	private static String milliseconds(Usage usage, Cost spent) {
		return Report.number(usage.cpuSeconds() * 1000 / spent.seconds());
	}

	private Cost spent(Runnable meanwhile) {
		Cost before = Cost.now(this.furniture, this.services, this.watch);
		meanwhile.run();
		return Cost.now(this.furniture, this.services, this.watch).since(before);
	}

}
