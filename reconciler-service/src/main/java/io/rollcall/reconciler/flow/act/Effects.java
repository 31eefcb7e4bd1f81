package io.rollcall.reconciler.flow.act;

import java.time.Duration;

import reactor.core.publisher.Mono;

/** Waits a little for what a published record does. */
final class Effects {

	/** A person is kept waiting no longer. */
	private static final Duration LONGEST = Duration.ofSeconds(2);

	private static final Duration BETWEEN = Duration.ofMillis(50);

	private Effects() {
	}

	/**
	 * Looks again and again until there is something; empty when that takes too long.
	 */
	static <T> Mono<T> await(Mono<T> look) {
		return look.repeatWhenEmpty(Integer.MAX_VALUE, (again) -> again.delayElements(BETWEEN))
			.timeout(LONGEST, Mono.empty());
	}

}
