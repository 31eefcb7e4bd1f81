package io.rollcall.connector.flow;

import io.rollcall.model.run.RunEvent;
import reactor.core.publisher.Mono;

/** The life of runs and connections, for those who tell people. */
public interface RunEvents {

	/**
	 * Publishes an event and ends when it is acknowledged.
	 * @param id the same for the same event, however often it is published
	 */
	Mono<Void> publish(String id, RunEvent event);

}
