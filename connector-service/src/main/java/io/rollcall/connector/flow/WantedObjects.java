package io.rollcall.connector.flow;

import java.time.Instant;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.hint.Hint.ObjectWanted.Why;
import org.jspecify.annotations.Nullable;

/** The objects that are to be read by their ids. */
public interface WantedObjects {

	/** Somebody wants an object to be read. */
	void want(Wanted wanted);

	/** The one that is due first, whether now or later. */
	@Nullable Wanted first(ConnectionId connection);

	/** It was read, unless somebody wanted it again meanwhile. */
	void done(Wanted wanted);

	/** It is to be read at another time, unless somebody wanted it again meanwhile. */
	void later(Wanted wanted);

	/**
	 * One of them.
	 *
	 * @param again whether it is read once more some time after it was read, as a replica
	 * may lag
	 * @param tries how often it could not be read
	 * @param missingSince since when Graph does not know it at all
	 * @param version which wish it is
	 */
	record Wanted(ConnectionId connection, ObjectId object, ObjectKind kind, Why why, @Nullable String by, Instant due,
			boolean again, int tries, @Nullable Instant missingSince, long version) {

		public static Wanted now(ConnectionId connection, ObjectId object, ObjectKind kind, Why why,
				@Nullable String by, Instant now) {
			boolean again = why == Why.PERSON || why == Why.LISTED_AFTER_LEAVING;
			return new Wanted(connection, object, kind, why, by, now, again, 0, null, 0);
		}

		/** To be read at another time, once only. */
		public Wanted once(Instant newDue) {
			return at(newDue, false, 0, null);
		}

		public Wanted missing(Instant since, Instant newDue) {
			return at(newDue, this.again, 0, since);
		}

		public Wanted failed(Instant newDue) {
			return at(newDue, this.again, this.tries + 1, this.missingSince);
		}

		private Wanted at(Instant newDue, boolean isAgain, int newTries, @Nullable Instant since) {
			return new Wanted(this.connection, this.object, this.kind, this.why, this.by, newDue, isAgain, newTries,
					since, this.version);
		}

	}

}
