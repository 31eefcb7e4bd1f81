package io.rollcall.support.kafka;

import org.slf4j.Logger;

/**
 * Says once per attempt that something failed and is tried again: one line about the root
 * cause, its stack only the first time. What wraps the cause names every header of every
 * record, which helps nobody.
 */
final class FailureLog {

	private FailureLog() {
	}

	static void failed(Logger log, int attempt, String what, Throwable failure) {
		Throwable root = root(failure);
		if (attempt == 1) {
			log.warn("{} failed and is tried again until it succeeds: {}", what, root.toString(), root);
		}
		else {
			log.warn("{} failed, attempt {}: {}", what, attempt, root.toString());
		}
	}

	static Throwable root(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

}
