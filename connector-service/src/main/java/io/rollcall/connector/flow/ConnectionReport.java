package io.rollcall.connector.flow;

import java.time.InstantSource;
import java.util.List;

import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import reactor.core.publisher.Mono;

/**
 * Tells people, and the owner of a connection, what was done with it. It is told again
 * when the act is repeated, as it may be lost when Kafka fails after the act was stored:
 * an event has the same id then, and a touch that comes twice does no harm.
 */
final class ConnectionReport {

	static final Problem BY_PERSON = new Problem(Problem.Code.INTERNAL, "A person paused the connection.",
			"Activate it when it is to go on.", true);

	private final RunEvents events;

	private final Hints hints;

	private final InstantSource clock;

	ConnectionReport(RunEvents events, Hints hints, InstantSource clock) {
		this.events = events;
		this.hints = hints;
		this.clock = clock;
	}

	Mono<Connection> saved(Connection connection) {
		return this.events
			.publish(connection.id() + ":saved:" + connection.updatedAt().toEpochMilli(),
					new RunEvent.ConnectionSaved(connection.organization(), connection.id(), connection.name(),
							connection.tenant(), connection.updatedAt()))
			.then(connection.isActive() ? touched(connection) : Mono.just(connection));
	}

	Mono<Connection> activated(Connection connection, String by) {
		return this.events.publish(connection.id() + ":activated:" + connection.statusAt().toEpochMilli(),
				new RunEvent.ConnectionActivated(connection.organization(), connection.id(), by, connection.statusAt()))
			.then(touched(connection));
	}

	Mono<Connection> paused(Connection connection) {
		return this.events
			.publish(connection.id() + ":paused:" + connection.statusAt().toEpochMilli(),
					new RunEvent.ConnectionPaused(connection.organization(), connection.id(), BY_PERSON,
							connection.statusAt()))
			.then(touched(connection));
	}

	/** Its owner reads the connection again. */
	Mono<Connection> touched(Connection connection) {
		return Mono
			.defer(() -> this.hints.publish(List.of(new Hint.ConnectionTouched(connection.id(), this.clock.instant()))))
			.thenReturn(connection);
	}

}
