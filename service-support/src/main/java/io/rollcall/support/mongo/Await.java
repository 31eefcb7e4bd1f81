package io.rollcall.support.mongo;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Waits for what the driver publishes, half a minute at most. */
public final class Await {

	private static final Duration LONGEST = Duration.ofSeconds(30);

	private Await() {
	}

	/** The first answer; null where there is none. */
	public static <T> @Nullable T one(Publisher<T> publisher) {
		return Mono.from(publisher).block(LONGEST);
	}

	/** The answer that there always is. */
	public static <T> T answer(Publisher<T> publisher) {
		return Objects.requireNonNull(one(publisher));
	}

	/** All answers, in order. */
	public static <T> List<T> all(Publisher<T> publisher) {
		return answer(Flux.from(publisher).collectList());
	}

}
