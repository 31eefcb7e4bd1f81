package io.rollcall.connector.flow.selftest;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.rules.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Small questions to Entra and Graph, with a connection's credential as it is given: it
 * need not be stored. Each is answered within seconds, whatever the other side does.
 */
public interface Probes {

	/** Asks nothing yet. */
	Probe of(Connection connection);

	/** Whether Graph can be told where to post. */
	boolean hasPublicUrl();

	/** The questions, with one token for all of them. */
	interface Probe {

		/** A new token. */
		Reply<Token> token();

		/** Reads one object with these attributes. */
		Reply<Found> read(Resource resource, List<String> attributes);

		/** Opens a delta chain at its end, and follows it. */
		Reply<Boolean> delta(Resource resource, List<String> attributes);

		/** Has the webhook called, by a subscription that is taken back. */
		Reply<Boolean> webhook();

		/** How far Graph's clock is ahead of ours; null where it does not tell. */
		@Nullable Duration clockAhead();

		/** When the secrets of the app end that may be this one. */
		Reply<List<Instant>> secretEnds();

	}

	/** An answer, or what was said instead. */
	sealed interface Reply<T> {

		record Got<T>(T value) implements Reply<T> {
		}

		record Refused<T>(Said said) implements Reply<T> {
		}

	}

	/**
	 * A token was given.
	 *
	 * @param roles its permissions; null where it cannot be looked into
	 */
	record Token(@Nullable Set<String> roles) {
	}

	/** What one look at a list showed. */
	enum Found {

		WHOLE, NOTHING,
		/** Nothing but an id, as of what may not be read. */
		THIN

	}

	/**
	 * What the other side said, as it said it.
	 *
	 * @param status 0 where there was no answer
	 * @param code Entra's number without AADSTS, or Graph's code
	 */
	record Said(Origin origin, int status, @Nullable String code, String message) {

		/** Who said it. */
		public enum Origin {

			ENTRA, GRAPH,
			/** Nobody: it could not be reached, or did not answer in time. */
			NETWORK,
			/** We ourselves. */
			ROLLCALL

		}

	}

}
