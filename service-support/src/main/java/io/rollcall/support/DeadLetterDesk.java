package io.rollcall.support;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Where people decide about records that could not be processed. */
public interface DeadLetterDesk {

	/** The newest first. */
	Flux<DeadLetterView> newest(int limit);

	/**
	 * Publishes a record again where it was, as it was, and takes it out when that is
	 * durable; empty when there is none. Asked twice at once it is published twice, which
	 * does no harm.
	 */
	Mono<DeadLetterView> redrive(String id);

	/** Takes a record out; empty when there is none. */
	Mono<DeadLetterView> discard(String id);

}
