package io.rollcall.reconciler.web;

import java.util.concurrent.Callable;

import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Runs plain Java for a request, on a thread that may wait. */
final class Blocking {

	private Blocking() {
	}

	static <T> Mono<T> run(Callable<T> work) {
		return Mono.fromCallable(work).subscribeOn(Schedulers.boundedElastic());
	}

	/** What must be there. */
	static <T> T found(@Nullable T found, String otherwise) {
		if (found == null) {
			throw Problems.notFound(otherwise);
		}
		return found;
	}

}
