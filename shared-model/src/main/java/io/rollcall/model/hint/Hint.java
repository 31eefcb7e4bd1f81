package io.rollcall.model.hint;

import java.time.Instant;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.event.Event;
import io.rollcall.model.run.RunMode;
import org.jspecify.annotations.Nullable;

/** What asks a connection's owner to look at Graph; never data. */
public sealed interface Hint extends Event {

	ConnectionId connection();

	@Override
	default String key() {
		return connection().value();
	}

	/**
	 * A change notification that was accepted.
	 *
	 * @param kind which delta chain is dirty
	 * @param object the object Graph named, if it did
	 */
	record ChangeHinted(ConnectionId connection, ObjectKind kind, @Nullable ObjectId object, String changeType,
			String subscription, Instant at) implements Hint {
	}

	/**
	 * Graph asks for the subscription to be authorized again
	 * ({@code reauthorizationRequired}).
	 */
	record ReauthorizationHinted(ConnectionId connection, String subscription, Instant at) implements Hint {
	}

	/** A person asked for one user to be read now. */
	record PersonSyncRequested(ConnectionId connection, ObjectId object, String by, Instant at) implements Hint {
	}

	/** A person asked for a run now. */
	record RunRequested(ConnectionId connection, RunMode mode, String by, Instant at) implements Hint {
	}

	/**
	 * What was read of the connection was lost on its way: all has to be read again.
	 *
	 * @param reason what was lost, in one sentence
	 * @param at a FULL run that began at this time or later has read what was lost
	 */
	record ResyncRequested(ConnectionId connection, String reason, Instant at) implements Hint {
	}

	/** The connection's settings or status changed: its owner reads them again. */
	record ConnectionTouched(ConnectionId connection, Instant at) implements Hint {
	}

}
