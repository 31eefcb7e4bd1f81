package io.rollcall.benchmarks.stage;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.rollcall.benchmarks.Report;
import io.rollcall.benchmarks.pipe.Furniture;
import io.rollcall.benchmarks.pipe.Graph;
import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.connector.flow.Page;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import org.apache.kafka.common.TopicPartition;

/**
 * Each stage alone, one after the other, in this process. What all of them cost a user
 * says how fast the machine could be at best.
 */
public final class Stages {

	private static final int WARM_UPS = 2;

	private final Furniture furniture;

	private final Watch watch;

	private final Report report;

	private final Meter meter;

	public Stages(Furniture furniture, Watch watch, Report report) {
		this.furniture = furniture;
		this.watch = watch;
		this.report = report;
		this.meter = new Meter(furniture);
	}

	/** Users in a second at best, by the machine's cores. */
	public double run(int users) {
		try (ReadStage reading = new ReadStage(this.furniture.graph());
				Topic topic = new Topic(this.furniture.brokers(), this.watch)) {
			for (int i = 0; i < WARM_UPS; i++) {
				Report.progress("stages, warm-up %d".formatted(i + 1));
				all(users, "warm" + i, reading, topic);
			}
			Report.progress("stages with %,d users".formatted(users));
			return report(users, all(users, "stage", reading, topic));
		}
	}

	private List<Meter.Measured> all(int users, String name, ReadStage reading, Topic topic) {
		List<Meter.Measured> measured = new ArrayList<>();
		Graph.Tenant tenant = this.furniture.graph().begin(users, 700 + name.hashCode() % 100);
		List<Page> pages = new ArrayList<>();
		measured.add(this.meter.measure("read and parse Graph's pages", "pages", () -> {
			pages.addAll(reading.read(tenant));
			return pages.size();
		}));
		List<List<Envelope<?>>> observed = new ArrayList<>();
		Observed.of(pages, name).forEach((page) -> observed.add(envelopes(page)));
		Map<TopicPartition, Long> observations = topic.here(Topics.OBSERVATIONS);
		measured.add(this.meter.measure("publish observations", "records",
				() -> topic.publish(Topics.OBSERVATIONS, observed)));
		DecideStage deciding = new DecideStage();
		long[] records = new long[1];
		measured.add(this.meter.measure("consume, merge, decide (store in memory)", "records", () -> {
			topic.poll(observations, Topics.OBSERVATIONS, (polled) -> {
				deciding.apply(polled);
				records[0] += polled.count();
			});
			return records[0];
		}));
		try (StoreStage store = new StoreStage(this.furniture.mongoUri(), "bench-" + name)) {
			measured.add(this.meter.measure("the same calls to MongoDB", "calls", () -> store.replay(deciding.tape())));
			List<List<Envelope<?>>> changes = new ArrayList<>();
			deciding.changes()
				.forEach((batch) -> changes.add(batch.stream()
					.<Envelope<?>>map((pending) -> new Envelope<>(pending.change().id(), "/rollcall/reconciler",
							pending.change().at(), true, null, pending.change()))
					.toList()));
			Map<TopicPartition, Long> log = topic.here(Topics.CHANGES);
			measured
				.add(this.meter.measure("publish changes", "records", () -> topic.publish(Topics.CHANGES, changes)));
			ProjectStage projecting = new ProjectStage(this.furniture.brokers(), this.watch);
			measured.add(this.meter.measure("project states", "changes", () -> projecting.run(store.database())));
			NotifyStage notifying = new NotifyStage(name);
			measured.add(this.meter.measure("consume changes in the notifier", "changes", () -> {
				records[0] = 0;
				topic.poll(log, Topics.CHANGES, (polled) -> {
					notifying.tell(polled);
					records[0] += polled.count();
				});
				return records[0];
			}));
		}
		if (name.equals("stage")) {
			this.report.note("Single stages: %.1f writes of facts a user (an edge is a record under its member's key)."
				.formatted((double) deciding.factsWritten() / users));
		}
		return measured;
	}

	private double report(int users, List<Meter.Measured> measured) {
		List<List<String>> rows = new ArrayList<>(measured.stream().map((stage) -> stage.row(users)).toList());
		double perUser = measured.stream().mapToDouble(Meter.Measured::cpuSeconds).sum() / users;
		int cores = Runtime.getRuntime().availableProcessors();
		double limit = cores / perUser;
		rows.add(List.of("**sum**", "", "", "", "", "", "", "", Report.number(perUser * 1e6)));
		this.report.table(
				"Single stages, %,d users with groups, alone and warm; the machine's limit is %s users/s"
					.formatted(users, Report.number(limit)),
				List.of("stage", "work", "of it per second", "users/s", "CPU µs per user: ours", "simulator", "broker",
						"mongod", "all"),
				rows);
		return limit;
	}

	private static List<Envelope<?>> envelopes(List<Observation.Reading> page) {
		Instant now = Instant.now();
		List<Envelope<?>> envelopes = new ArrayList<>(page.size());
		page.forEach((reading) -> envelopes.add(new Envelope<>(reading.connection() + ":" + reading.stamp(),
				"/rollcall/connector", now, true, null, reading)));
		return envelopes;
	}

}
