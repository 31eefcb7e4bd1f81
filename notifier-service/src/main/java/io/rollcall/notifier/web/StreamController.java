package io.rollcall.notifier.web;

import java.time.Duration;

import io.rollcall.notifier.flow.Following;
import io.rollcall.notifier.flow.Inboxes;
import io.rollcall.notifier.flow.Recipients;
import io.rollcall.notifier.rules.InboxId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * An inbox as it fills, as server-sent events. An event's id is the alert's cursor: a
 * client that comes back with {@code Last-Event-ID}, to whichever instance, misses none
 * and gets none twice.
 */
@RestController
public class StreamController {

	private static final Duration RECONNECT_AFTER = Duration.ofSeconds(2);

	private final Recipients recipients;

	private final Inboxes inboxes;

	private final Following following;

	private final Duration heartbeat;

	StreamController(Recipients recipients, Inboxes inboxes, Following following, WebSettings settings) {
		this.recipients = recipients;
		this.inboxes = inboxes;
		this.following = following;
		this.heartbeat = settings.heartbeat();
	}

	/**
	 * @param after where a first connection begins, such as the newest cursor of the list
	 * that the client shows; with neither this nor {@code Last-Event-ID} it begins now
	 */
	@GetMapping(path = "/api/organizations/{organization}/recipients/{recipient}/alerts/stream")
	Mono<ResponseEntity<Flux<ServerSentEvent<AlertBody>>>> stream(@PathVariable String organization,
			@PathVariable String recipient,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
			@RequestParam(required = false) @Nullable Long after) {
		return Mono.fromSupplier(() -> Paths.inbox(organization, recipient))
			.flatMap((inbox) -> this.recipients.find(inbox)
				.switchIfEmpty(Mono.error(() -> Problems.unknownRecipient(inbox)))
				.then(Mono.defer(() -> start(inbox, lastEventId, after))))
			.map((start) -> ResponseEntity.ok()
				.contentType(MediaType.TEXT_EVENT_STREAM)
				.cacheControl(CacheControl.noStore())
				.header("X-Accel-Buffering", "no")
				.body(events(Paths.inbox(organization, recipient), start)));
	}

	private Mono<Long> start(InboxId inbox, @Nullable String lastEventId, @Nullable Long after) {
		if (lastEventId != null && !lastEventId.isBlank()) {
			try {
				return Mono.just(Long.parseLong(lastEventId.strip()));
			}
			catch (NumberFormatException ex) {
				return Mono.error(Problems
					.invalid("Last-Event-ID '" + lastEventId + "' is not the id of an event of this stream"));
			}
		}
		return (after != null) ? Mono.just(after) : this.inboxes.last(inbox);
	}

	private Flux<ServerSentEvent<AlertBody>> events(InboxId inbox, long start) {
		Flux<ServerSentEvent<AlertBody>> alerts = this.following.follow(inbox, start)
			.map((filed) -> ServerSentEvent.<AlertBody>builder()
				.id(Long.toString(filed.cursor()))
				.event("alert")
				.data(AlertBody.of(filed))
				.build());
		// Carries the start as id: who is cut off before the first alert comes back to
		// it, and not to a later now.
		ServerSentEvent<AlertBody> hello = ServerSentEvent.<AlertBody>builder()
			.id(Long.toString(start))
			.retry(RECONNECT_AFTER)
			.comment("following")
			.build();
		Flux<ServerSentEvent<AlertBody>> beats = Flux.interval(this.heartbeat)
			.onBackpressureDrop()
			.map((beat) -> ServerSentEvent.<AlertBody>builder().comment("alive").build());
		return Flux.concat(Mono.just(hello), alerts.mergeWith(beats.takeUntilOther(this.following.ended())));
	}

}
