package io.rollcall.reconciler.flow;

import reactor.core.publisher.Mono;

/** Whether the database is set up for us. */
public interface Storage {

	/**
	 * Ends well once every index is there: without the unique ones nothing may be
	 * written.
	 */
	Mono<Void> ready();

}
