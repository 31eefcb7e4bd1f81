package io.rollcall.support.kafka;

import java.time.InstantSource;
import java.util.Objects;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetterNotices;

/** Tells of dead letters on the topic of runs, for the notifier to tell people. */
public final class PublishedDeadLetterNotices implements DeadLetterNotices {

	private final EventPublisher publisher;

	private final String service;

	private final InstantSource clock;

	/**
	 * @param service whose dead letters they are, such as {@code connector}
	 */
	public PublishedDeadLetterNotices(EventPublisher publisher, String service, InstantSource clock) {
		this.publisher = publisher;
		this.service = service;
		this.clock = clock;
	}

	@Override
	public void waiting(DeadLetter letter) {
		publish("dead-letter:" + letter.id(),
				new RunEvent.DeadLetterWaiting(Objects.requireNonNull(letter.organization()),
						Objects.requireNonNull(letter.connection()), this.service, letter.id(), letter.problem(),
						letter.at()));
	}

	@Override
	public void settled(OrganizationId organization, ConnectionId connection) {
		publish("dead-letters-settled:" + connection + ":" + this.clock.instant(),
				new RunEvent.DeadLettersSettled(organization, connection, this.service, this.clock.instant()));
	}

	private void publish(String id, RunEvent event) {
		this.publisher.publish(Topics.RUNS, Envelope.of(id, "/rollcall/" + this.service, this.clock.instant(), event))
			.join();
	}

}
