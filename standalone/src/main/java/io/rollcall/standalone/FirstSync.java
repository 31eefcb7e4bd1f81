package io.rollcall.standalone;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows the first FULL run on the runs topic and tells how far it is. */
final class FirstSync implements AutoCloseable {

	private final KafkaConsumer<String, byte[]> runs;

	private final Narrator narrator;

	FirstSync(String kafkaBrokers, Narrator narrator) {
		this.runs = new KafkaConsumer<>(Map.of("bootstrap.servers", kafkaBrokers), new StringDeserializer(),
				new ByteArrayDeserializer());
		this.narrator = narrator;
	}

	/** Returns when the run is complete, or when it is time to stop. */
	void follow(CountDownLatch stopped) {
		List<TopicPartition> partitions = IntStream.range(0, Topics.PARTITIONS)
			.mapToObj((partition) -> new TopicPartition(Topics.RUNS, partition))
			.toList();
		this.runs.assign(partitions);
		this.runs.seekToBeginning(partitions);
		while (stopped.getCount() > 0) {
			for (ConsumerRecord<String, byte[]> record : this.runs.poll(Duration.ofMillis(500))) {
				if (isLast(record)) {
					return;
				}
			}
		}
	}

	@Override
	public void close() {
		this.runs.close();
	}

	private boolean isLast(ConsumerRecord<String, byte[]> record) {
		EventFormat.Reading<RunEvent> reading = EventFormat.read(RunEvent.class, (name) -> {
			Header header = record.headers().lastHeader(name);
			return (header != null) ? header.value() : null;
		}, record.value());
		return reading instanceof EventFormat.Reading.Known<RunEvent> known && isLast(known.envelope().event());
	}

	private boolean isLast(RunEvent event) {
		return switch (event) {
			case RunEvent.RunProgressed progressed -> {
				this.narrator.reads(progressed.read(), progressed.applied());
				yield false;
			}
			case RunEvent.RunEnded ended when ended.mode() == RunMode.FULL -> {
				Problem problem = ended.problem();
				if (problem != null) {
					this.narrator.failed(problem);
				}
				if (ended.outcome() == RunEvent.Outcome.COMPLETED) {
					this.narrator.isSynced(ended.applied());
				}
				yield ended.outcome() == RunEvent.Outcome.COMPLETED;
			}
			case RunEvent.ConnectionFailing failing -> {
				this.narrator.failed(failing.problem());
				yield false;
			}
			default -> false;
		};
	}

}
