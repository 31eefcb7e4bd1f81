package io.rollcall.reconciler.flow.run;

import java.util.Collection;

import io.rollcall.model.ConnectionId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The sets that the guard held. */
public interface HeldSets {

	/**
	 * Keeps a set open; one with the same hash that is open, or on its way out, stays as
	 * it is. Gives what is kept.
	 */
	Mono<HeldSet> hold(HeldSet set);

	/** Closes every open set of a connection, except those with these hashes. */
	Mono<Void> supersede(ConnectionId connection, Collection<String> exceptHashes);

	Mono<HeldSet> find(ConnectionId connection, String hash);

	/** Open ones first, then the newest first. */
	Flux<HeldSet> of(ConnectionId connection, int limit);

	/**
	 * Moves a set on; empty when it no longer has the status that was read.
	 */
	Mono<HeldSet> move(HeldSet read, HeldSet.Status to, @Nullable String by);

	/** Notes that one page more was published. */
	Mono<HeldSet> pagePublished(HeldSet set, int page);

}
