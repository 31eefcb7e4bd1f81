package io.rollcall.connector.flow.connection;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Something that a person asked for was not done; the message is for them. */
public final class Refused extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Why why;

	private final transient @Nullable Duration interval;

	/** What kind of refusal it is. */
	public enum Why {

		NO_SUCH_CONNECTION, NOT_NOW, TOO_SOON, INVALID

	}

	public Refused(Why why, String message) {
		this(why, message, null);
	}

	Refused(Why why, String message, @Nullable Duration interval) {
		super(message, null, false, false);
		this.why = why;
		this.interval = interval;
	}

	public Why why() {
		return this.why;
	}

	/** After how long it may be asked for again, where it was asked for too soon. */
	public @Nullable Duration interval() {
		return this.interval;
	}

}
