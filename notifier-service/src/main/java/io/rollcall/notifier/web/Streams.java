package io.rollcall.notifier.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.rollcall.notifier.flow.FiledAlert;
import io.rollcall.notifier.flow.InboxListeners;
import io.rollcall.notifier.flow.Inboxes;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.notifier.web.AlertsController.AlertBody;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.codec.ServerSentEvent;

/**
 * Inboxes as they fill, read onward from a cursor whenever a stream is woken. Nothing is
 * kept between readers, so any instance can go on where another one stopped.
 */
public final class Streams {

	private static final int PAGE = 200;

	private static final Duration RECONNECT_AFTER = Duration.ofSeconds(2);

	private final Inboxes inboxes;

	private final InboxListeners listeners;

	private final Duration heartbeat;

	private final Sinks.Empty<Void> end = Sinks.empty();

	/**
	 * @param heartbeat how often a silent stream says that it is alive, so that proxies
	 * keep it open
	 */
	public Streams(Inboxes inboxes, InboxListeners listeners, Duration heartbeat) {
		this.inboxes = inboxes;
		this.listeners = listeners;
		this.heartbeat = heartbeat;
	}

	/** Everything behind the cursor in order, each once, and then whatever comes. */
	Flux<ServerSentEvent<AlertBody>> follow(InboxId inbox, long cursor) {
		// Carries the start as id: who is cut off before the first alert comes back to
		// it, and not to a later now.
		ServerSentEvent<AlertBody> hello = ServerSentEvent.<AlertBody>builder()
			.id(Long.toString(cursor))
			.retry(RECONNECT_AFTER)
			.comment("following")
			.build();
		Flux<ServerSentEvent<AlertBody>> beats = Flux.interval(this.heartbeat)
			.onBackpressureDrop()
			.map((beat) -> ServerSentEvent.<AlertBody>builder().comment("alive").build());
		return Flux.concat(Mono.just(hello), alerts(inbox, cursor).map(Streams::event).mergeWith(beats))
			.takeUntilOther(this.end.asMono());
	}

	Flux<FiledAlert> alerts(InboxId inbox, long cursor) {
		return Flux.defer(() -> {
			AtomicLong position = new AtomicLong(cursor);
			return Flux.<Boolean>create((sink) -> wake(inbox, sink), FluxSink.OverflowStrategy.LATEST)
				.concatMap((woken) -> rest(inbox, position), 1);
		});
	}

	/** Of the times it is woken while it reads, the last one counts. */
	private void wake(InboxId inbox, FluxSink<Boolean> sink) {
		Runnable listener = () -> sink.next(true);
		this.listeners.add(inbox, listener);
		sink.onDispose(() -> this.listeners.remove(inbox, listener));
		listener.run();
	}

	private Flux<FiledAlert> rest(InboxId inbox, AtomicLong position) {
		Mono<List<FiledAlert>> page = Mono.fromCallable(() -> this.inboxes.after(inbox, position.get(), PAGE))
			.subscribeOn(Schedulers.boundedElastic())
			.doOnNext((alerts) -> {
				if (!alerts.isEmpty()) {
					position.set(alerts.getLast().cursor());
				}
			});
		return page.expand((alerts) -> (alerts.size() == PAGE) ? page : Mono.empty())
			.concatMapIterable((alerts) -> alerts, 1);
	}

	/** Open streams would hold up a graceful stop for as long as it waits. */
	@EventListener(ContextClosedEvent.class)
	void end() {
		this.end.tryEmitEmpty();
	}

	private static ServerSentEvent<AlertBody> event(FiledAlert filed) {
		return ServerSentEvent.<AlertBody>builder()
			.id(Long.toString(filed.cursor()))
			.event("alert")
			.data(AlertBody.of(filed))
			.build();
	}

}
