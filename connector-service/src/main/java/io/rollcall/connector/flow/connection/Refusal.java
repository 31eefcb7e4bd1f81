package io.rollcall.connector.flow.connection;

import java.time.Duration;

/** Why something that a person asked for was not done. */
public sealed interface Refusal {

	/** What to tell the person. */
	String message();

	record NoSuchConnection(String message) implements Refusal {
	}

	record NotNow(String message) implements Refusal {
	}

	record TooSoon(Duration interval, String message) implements Refusal {
	}

	record Invalid(String message) implements Refusal {
	}

	/** Carries a refusal to whoever answers the person. */
	final class Refused extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final transient Refusal refusal;

		Refused(Refusal refusal) {
			super(refusal.message(), null, false, false);
			this.refusal = refusal;
		}

		public Refusal refusal() {
			return this.refusal;
		}

	}

}
