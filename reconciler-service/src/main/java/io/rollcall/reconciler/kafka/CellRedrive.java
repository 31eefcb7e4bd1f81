package io.rollcall.reconciler.kafka;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.hint.Hint;
import io.rollcall.reconciler.flow.apply.Outbound;
import io.rollcall.reconciler.flow.apply.Outbound.Message;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.DirectoryObjects;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;
import tools.jackson.databind.JsonNode;

/** Redrives a cell: its object is read again, as the cell may be old by now. */
public final class CellRedrive implements DeadLetters.Redrive {

	private final Outbound outbound;

	private final DirectoryObjects objects;

	private final InstantSource clock;

	public CellRedrive(Outbound outbound, DirectoryObjects objects, InstantSource clock) {
		this.outbound = outbound;
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
		this.outbound.publish(List.of(Message.of(Topics.HINTS, "redrive:" + letter.id() + ":" + now, now,
				new Hint.ObjectWanted(connection.source(), id, new ObjectId(cell.path("object").asString("")),
						kind(cell), Hint.ObjectWanted.Why.REDRIVEN, null, now))));
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
