package io.rollcall.model.hint;

import java.time.Instant;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.SourceId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.event.Event;
import io.rollcall.model.run.RunMode;
import org.jspecify.annotations.Nullable;

/** What asks the owner of a source to look at Graph; never data. */
public sealed interface Hint extends Event {

	SourceId source();

	@Override
	default String key() {
		return source().value();
	}

	/**
	 * A change notification that was accepted: the chains of every connection of the
	 * source are dirty.
	 *
	 * @param kind which delta chain is dirty
	 * @param object the object Graph named, if it did
	 */
	record ChangeHinted(SourceId source, ObjectKind kind, @Nullable ObjectId object, String changeType,
			String subscription, Instant at) implements Hint {
	}

	/**
	 * Graph asks for the subscription to be authorized again
	 * ({@code reauthorizationRequired}).
	 */
	record ReauthorizationHinted(SourceId source, String subscription, Instant at) implements Hint {
	}

	/**
	 * One object is to be read by its id: a user with all memberships and the manager, a
	 * group or unit with all its members.
	 *
	 * @param by the person who asked; null when a service did
	 */
	record ObjectWanted(SourceId source, ConnectionId connection, ObjectId object, ObjectKind kind, Why why,
			@Nullable String by, Instant at) implements Hint {

		/** Why it is to be read. */
		public enum Why {

			/** A person asked: <em>sync this person</em>. */
			PERSON,
			/**
			 * It came back after it was gone: Graph never told what changed meanwhile.
			 */
			CAME_BACK,
			/** It came thinner than it was asked for. */
			THIN,
			/** Its cell was a dead letter, which a person redrives. */
			REDRIVEN,
			/** A listing has somebody who had left since the listing began. */
			LISTED_AFTER_LEAVING

		}

	}

	/** A person asked for a run now. */
	record RunRequested(SourceId source, ConnectionId connection, RunMode mode, String by, Instant at) implements Hint {
	}

	/**
	 * What was read of the connection was lost on its way: all has to be read again.
	 *
	 * @param at a FULL run that began at this time or later has read what was lost
	 */
	record ResyncRequested(SourceId source, ConnectionId connection, Instant at) implements Hint {
	}

	/** The connection's settings or status changed: its owner reads them again. */
	record ConnectionTouched(SourceId source, ConnectionId connection, Instant at) implements Hint {
	}

}
