package io.rollcall.connector.mongo;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Waits for the database; here its publishers end. */
final class Await {

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private Await() {
	}

	static <T> @Nullable T one(Publisher<T> publisher) {
		return Mono.from(publisher).block(LONGEST);
	}

	static <T> T required(Publisher<T> publisher) {
		return Objects.requireNonNull(one(publisher));
	}

	static <T> List<T> all(Publisher<T> publisher) {
		return Objects.requireNonNull(Flux.from(publisher).collectList().block(LONGEST));
	}

}
