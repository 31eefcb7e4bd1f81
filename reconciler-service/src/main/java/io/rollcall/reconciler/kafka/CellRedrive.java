package io.rollcall.reconciler.kafka;

import java.time.InstantSource;
import java.util.Set;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.DirectoryObjects;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetterRedrive;
import io.rollcall.support.kafka.EventPublisher;
import tools.jackson.databind.JsonNode;

/** Redrives a cell: its object is read again, as the cell may be old by now. */
public final class CellRedrive implements DeadLetterRedrive {

	private static final String SOURCE = "/rollcall/reconciler";

	private final EventPublisher publisher;

	private final DirectoryObjects objects;

	private final InstantSource clock;

	public CellRedrive(EventPublisher publisher, DirectoryObjects objects, InstantSource clock) {
		this.publisher = publisher;
		this.objects = objects;
		this.clock = clock;
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
