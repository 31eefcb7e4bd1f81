package io.rollcall.support;

import io.rollcall.model.run.RunEvent;

/** Tells people of dead letters. */
@FunctionalInterface
public interface DeadLetterNotices {

	/**
	 * Publishes what became of a connection's letters, and throws when that fails; told
	 * at least once.
	 * @param id what the event is deduped by
	 */
	void publish(String id, RunEvent event);

}
