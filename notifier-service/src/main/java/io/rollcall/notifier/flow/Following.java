package io.rollcall.notifier.flow;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.rollcall.notifier.rules.InboxId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Reads inboxes onward from a cursor. It keeps nothing between readers, so any instance
 * can go on where another one stopped.
 */
public final class Following {

	private static final int PAGE = 200;

	private final Inboxes inboxes;

	private final Arrivals arrivals;

	private final Duration interval;

	private final Sinks.Empty<Void> end = Sinks.empty();

	/**
	 * @param interval how often to look without having been woken
	 */
	public Following(Inboxes inboxes, Arrivals arrivals, Duration interval) {
		this.inboxes = inboxes;
		this.arrivals = arrivals;
		this.interval = interval;
	}

	/** Everything behind the cursor in order, each once, and then whatever comes. */
	public Flux<FiledAlert> follow(InboxId inbox, long cursor) {
		return Flux.defer(() -> {
			AtomicLong position = new AtomicLong(cursor);
			return Flux.merge(Flux.interval(Duration.ZERO, this.interval).onBackpressureDrop(), this.arrivals.at(inbox))
				.onBackpressureLatest()
				.concatMap((signal) -> rest(inbox, position), 1);
		}).takeUntilOther(this.end.asMono());
	}

	/** Completes when streams are to end. */
	public Mono<Void> ended() {
		return this.end.asMono();
	}

	/** Ends all streams: readers come back to another instance, or later. */
	public void end() {
		this.end.tryEmitEmpty();
	}

	private Flux<FiledAlert> rest(InboxId inbox, AtomicLong position) {
		Mono<List<FiledAlert>> page = Mono.defer(() -> this.inboxes.after(inbox, position.get(), PAGE).collectList())
			.doOnNext((alerts) -> {
				if (!alerts.isEmpty()) {
					position.set(alerts.getLast().cursor());
				}
			});
		return page.expand((alerts) -> (alerts.size() == PAGE) ? page : Mono.empty())
			.concatMapIterable((alerts) -> alerts, 1);
	}

}
