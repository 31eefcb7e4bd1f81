package io.rollcall.benchmarks.stage;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.benchmarks.pipe.Http;
import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.flow.projection.Projection;
import io.rollcall.reconciler.kafka.projection.ProjectionContainer;
import io.rollcall.reconciler.kafka.projection.ProjectionSettings;
import io.rollcall.reconciler.mongo.projection.MongoCurrentStates;
import io.rollcall.support.DeadLetters;
import io.rollcall.support.kafka.ContainerFailures;
import io.rollcall.support.kafka.FailingPartitions;
import io.rollcall.support.kafka.KafkaSettings;

/** The projection, from the change log and MongoDB to the compacted topics. */
final class ProjectStage {

	private static final String GROUP = "rollcall-projection";

	private final String brokers;

	private final Watch watch;

	ProjectStage(String brokers, Watch watch) {
		this.brokers = brokers;
		this.watch = watch;
	}

	/** Projects all that waits; says how many changes that were. */
	long run(MongoDatabase database) {
		long waiting = this.watch.lag(GROUP, Topics.CHANGES);
		ProjectionContainer container = new ProjectionContainer(
				new KafkaSettings(this.brokers, (short) 1, Map.of(), Duration.ofSeconds(30), List.of()),
				new ProjectionSettings(3, 2_000, Duration.ofSeconds(15), Duration.ofMinutes(2)),
				new Projection(new MongoCurrentStates(database), CrashPoints.NONE), Only.unused(DeadLetters.class),
				new ContainerFailures(new FailingPartitions(InstantSource.system())), InstantSource.system());
		container.start();
		try {
			while (this.watch.lag(GROUP, Topics.CHANGES) > 0) {
				Http.pause(50);
			}
		}
		finally {
			container.stop();
		}
		return waiting;
	}

}
