package io.rollcall.reconciler.kafka;

import java.time.InstantSource;
import java.util.Set;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.RunEvent;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.DirectoryObjects;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetterNotices;
import io.rollcall.support.DeadLetterRedrive;
import io.rollcall.support.kafka.EventPublisher;
import tools.jackson.databind.JsonNode;

/**
 * Tells people that letters wait, and redrives a cell: its object is read again, as the
 * cell may be old by now.
 */
public final class DeadLetterEvents implements DeadLetterNotices, DeadLetterRedrive {

	private static final String SOURCE = "/rollcall/reconciler";

	private static final String SERVICE = "reconciler";

	private final EventPublisher publisher;

	private final DirectoryObjects objects;

	private final InstantSource clock;

	public DeadLetterEvents(EventPublisher publisher, DirectoryObjects objects, InstantSource clock) {
		this.publisher = publisher;
		this.objects = objects;
		this.clock = clock;
	}

	@Override
	public void waiting(DeadLetter letter) {
		if (letter.organization() != null && letter.connection() != null) {
			this.publisher
				.publish(Topics.RUNS,
						Envelope
							.of("letter:" + letter.id(), SOURCE, letter.at(),
									new RunEvent.DeadLetterWaiting(letter.organization(), letter.connection(), SERVICE,
											letter.id(), letter.reason(), letter.at())))
				.join();
		}
	}

	@Override
	public void settled(OrganizationId organization, ConnectionId connection) {
		var now = this.clock.instant();
		this.publisher.publish(Topics.RUNS, Envelope.of("letters-settled:" + connection + ":" + now, SOURCE, now,
				new RunEvent.DeadLettersSettled(organization, connection, SERVICE, now)))
			.join();
	}

	@Override
	public boolean redrive(DeadLetter letter) {
		ConnectionId id = letter.connection();
		if (letter.index() == null || id == null || letter.value() == null) {
			return false;
		}
		Connection connection = this.objects.find(Set.of(), Set.of(id)).connections().get(id);
		JsonNode cell = EventFormat.json().readTree(letter.value());
		if (connection == null) {
			throw new IllegalStateException("nothing is known of connection " + id);
		}
		var now = this.clock.instant();
		this.publisher.publish(Topics.HINTS,
				Envelope.of("redrive:" + letter.id() + ":" + now, SOURCE, now,
						new Hint.ObjectWanted(connection.source(), id, new ObjectId(cell.path("object").asString("")),
								kind(cell), Hint.ObjectWanted.Why.REDRIVEN, null, now)))
			.join();
		return true;
	}

	private static ObjectKind kind(JsonNode cell) {
		for (ObjectKind kind : ObjectKind.values()) {
			if (kind.name().equals(cell.path("kind").asString(""))) {
				return kind;
			}
		}
		return ObjectKind.USER;
	}

}
