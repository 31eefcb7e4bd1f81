package io.rollcall.benchmarks.scenario;

import java.time.Duration;

import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/** Follows a connection's FULL run by its events. */
final class RunFollower implements AutoCloseable {

	private final KafkaConsumer<byte[], byte[]> consumer;

	private final String connection;

	private final long begun = System.nanoTime();

	private RunEvent.@Nullable RunProgressed progressed;

	private double readAfter = Double.NaN;

	private RunEvent.@Nullable RunCompleted completed;

	private @Nullable String failure;

	RunFollower(Watch watch, String connection) {
		this.connection = connection;
		this.consumer = watch.consumer();
		this.consumer.assign(Watch.partitions(Topics.RUNS));
		this.consumer.seekToEnd(this.consumer.assignment());
		this.consumer.assignment().forEach(this.consumer::position);
	}

	/** Reads what is new, waiting a moment for it. */
	void look() {
		this.consumer.poll(Duration.ofMillis(100)).forEach(this::take);
	}

	RunEvent.@Nullable RunCompleted completed() {
		return this.completed;
	}

	/** Seconds until all was read, not a number before. */
	double readAfter() {
		return this.readAfter;
	}

	String progress() {
		if (this.failure != null) {
			return "failed: " + this.failure;
		}
		String read = Double.isNaN(this.readAfter) ? "" : "all is read, ";
		return read + ((this.progressed != null) ? this.progressed.counts().toString() : "nothing told yet");
	}

	private void take(ConsumerRecord<byte[], byte[]> record) {
		if (!(Watch.reading(record) instanceof EventFormat.Reading.Known known)
				|| !(known.envelope().event() instanceof RunEvent event)
				|| !event.connection().value().equals(this.connection)) {
			return;
		}
		switch (event) {
			case RunEvent.RunProgressed now -> this.progressed = now;
			case RunEvent.RunRead read when read.mode() == RunMode.FULL ->
				this.readAfter = (System.nanoTime() - this.begun) / 1e9;
			case RunEvent.RunCompleted now when now.mode() == RunMode.FULL -> this.completed = now;
			case RunEvent.RunFailed failed -> this.failure = failed.problem().toString();
			default -> {
			}
		}
	}

	@Override
	public void close() {
		this.consumer.close();
	}

}
