package io.rollcall.connector.kafka;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import io.rollcall.connector.flow.Announcements;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.RunEvent;
import io.rollcall.support.kafka.EventPublisher;

/** What people and the coordinator are told, on the topics of runs and of progress. */
final class KafkaAnnouncements implements Announcements {

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private final EventPublisher publisher;

	private final InstantSource clock;

	KafkaAnnouncements(EventPublisher publisher, InstantSource clock) {
		this.publisher = publisher;
		this.clock = clock;
	}

	@Override
	public void publish(String id, RunEvent event) {
		publish(Topics.RUNS, id, event.at(), event);
	}

	@Override
	public void publish(String id, Progress event) {
		publish(Topics.PROGRESS, id, this.clock.instant(), event);
	}

	private void publish(String topic, String id, Instant at, Event event) {
		Sent.await(this.publisher.publish(topic, Envelope.of(id, Sent.SOURCE, at, event)), LONGEST);
	}

}
