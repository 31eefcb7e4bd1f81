package io.rollcall.support;

import org.jspecify.annotations.Nullable;

/**
 * What was answered to writes that had an idempotency key, for a day: whoever asks again
 * with the same key gets the same answer, and nothing is done twice. Every method waits
 * for the database, and throws when it does not answer.
 *
 * @see <a href=
 * "https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The
 * Idempotency-Key header</a>
 */
public interface IdempotentAnswers {

	/**
	 * Begins a write, or says what came of it.
	 * @param request tells one request from another, as a key is for one alone
	 */
	Begun begin(String key, String request);

	/** Keeps the answer to a write that was begun. */
	void answered(String key, Answer answer);

	/** Nothing came of a write that was begun: it may be begun again. */
	void forget(String key);

	/** How a write stands. */
	sealed interface Begun {

		/** It is to be done now. */
		record Now() implements Begun {
		}

		/** It is being done; whoever does it for longer than a minute has died. */
		record Already() implements Begun {
		}

		/** It was done. */
		record Before(Answer answer) implements Begun {
		}

		/** The key was used for another request. */
		record Otherwise() implements Begun {
		}

	}

	/** An answer of a service. */
	record Answer(int status, @Nullable String contentType, @Nullable String location, String body) {
	}

}
