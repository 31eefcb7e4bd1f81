package io.rollcall.connector.rules;

import java.time.Duration;

import io.rollcall.model.run.Problem;

/** What is done about a failure. */
public sealed interface Reaction {

	/** Try again by itself. */
	record Retry(Duration after) implements Reaction {
	}

	/** Tell people, and try again by itself. */
	record TellAndRetry(Problem problem, Duration after) implements Reaction {
	}

	/** Tell people, and do nothing until one of them acts. */
	record WaitForPerson(Problem problem) implements Reaction {
	}

	/** The chain is lost: begin a FULL run with a new one. */
	record StartAgain(Problem problem, Duration after) implements Reaction {
	}

}
