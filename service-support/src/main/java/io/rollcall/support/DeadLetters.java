package io.rollcall.support;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The records that could not be processed, kept until a person redrives or discards them.
 */
public interface DeadLetters {

	/** Keeps a record; the same record (topic, partition, offset, group) is kept once. */
	Mono<Void> save(DeadLetter letter);

	/** The newest first. */
	Flux<DeadLetter> newest(int limit);

	Mono<DeadLetter> find(String id);

	/** Takes a record out, after it was redriven or on a person's word. */
	Mono<Void> remove(String id);

}
