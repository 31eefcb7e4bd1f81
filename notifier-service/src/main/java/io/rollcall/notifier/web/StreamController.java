package io.rollcall.notifier.web;

import io.rollcall.notifier.flow.Inboxes;
import io.rollcall.notifier.flow.Recipients;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

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

	private final Recipients recipients;

	private final Inboxes inboxes;

	private final Streams streams;

	StreamController(Recipients recipients, Inboxes inboxes, Streams streams) {
		this.recipients = recipients;
		this.inboxes = inboxes;
		this.streams = streams;
	}

	/**
	 * @param after where a first connection begins, such as the newest cursor of the list
	 * that the client shows; with neither this nor {@code Last-Event-ID} it begins now
	 */
	@GetMapping("/api/organizations/{organization}/recipients/{recipient}/alerts/stream")
	ResponseEntity<Flux<ServerSentEvent<AlertBody>>> stream(@PathVariable String organization,
			@PathVariable String recipient,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
			@RequestParam(required = false) @Nullable Long after) {
		InboxId inbox = Paths.inbox(organization, recipient, this.recipients);
		return ResponseEntity.ok()
			.contentType(MediaType.TEXT_EVENT_STREAM)
			.cacheControl(CacheControl.noStore())
			.header("X-Accel-Buffering", "no")
			.body(this.streams.follow(inbox, start(inbox, lastEventId, after)));
	}

	private long start(InboxId inbox, @Nullable String lastEventId, @Nullable Long after) {
		if (lastEventId != null && !lastEventId.isBlank()) {
			try {
				return Long.parseLong(lastEventId.strip());
			}
			catch (NumberFormatException ex) {
				throw Problems.invalid("Last-Event-ID '" + lastEventId + "' is not the id of an event of this stream");
			}
		}
		return (after != null) ? after : this.inboxes.last(inbox);
	}

}
