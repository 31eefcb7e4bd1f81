package io.rollcall.reconciler.mongo.coordinate;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Waits for what the database answers. */
final class Answers {

	/** Longer means that something hangs: it is tried again. */
	static final Duration LONGEST = Duration.ofSeconds(30);

	private Answers() {
	}

	static <T> @Nullable T first(Publisher<T> publisher) {
		return Mono.from(publisher).block(LONGEST);
	}

	static <T> T one(Publisher<T> publisher) {
		return Objects.requireNonNull(first(publisher));
	}

	static <T> List<T> all(Publisher<T> publisher) {
		return Objects.requireNonNull(Flux.from(publisher).collectList().block(LONGEST));
	}

}
