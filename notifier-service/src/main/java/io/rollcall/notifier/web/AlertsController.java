package io.rollcall.notifier.web;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.notifier.flow.FiledAlert;
import io.rollcall.notifier.flow.Inboxes;
import io.rollcall.notifier.flow.Recipients;
import io.rollcall.notifier.rules.Alert;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A recipient's inbox. */
@RestController
@RequestMapping("/api/organizations/{organization}/recipients/{recipient}/alerts")
class AlertsController {

	private final Recipients recipients;

	private final Inboxes inboxes;

	private final Streams streams;

	AlertsController(Recipients recipients, Inboxes inboxes, Streams streams) {
		this.recipients = recipients;
		this.inboxes = inboxes;
		this.streams = streams;
	}

	/** The newest first; {@code cursor} is the {@code next} of the page before. */
	@GetMapping
	Page list(@PathVariable String organization, @PathVariable String recipient,
			@RequestParam(required = false) @Nullable Long cursor, @RequestParam(defaultValue = "false") boolean unread,
			@RequestParam(defaultValue = "50") int limit) {
		int most = Problems.limit(limit);
		InboxId inbox = inbox(organization, recipient);
		return Page.of(this.inboxes.page(inbox, cursor, unread, most + 1).stream().map(AlertBody::of).toList(), most);
	}

	@GetMapping("/unread-count")
	Unread unreadCount(@PathVariable String organization, @PathVariable String recipient) {
		return new Unread(this.inboxes.unread(inbox(organization, recipient)));
	}

	@PostMapping("/{alert}/read")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void read(@PathVariable String organization, @PathVariable String recipient, @PathVariable String alert) {
		InboxId inbox = inbox(organization, recipient);
		if (!this.inboxes.markRead(inbox, alert)) {
			throw Problems.notFound("The inbox of %s has no alert %s".formatted(recipient, alert));
		}
	}

	/** Up to the newest alert that the person has seen, so that none is read unseen. */
	@PostMapping("/read-all")
	MarkedRead readAll(@PathVariable String organization, @PathVariable String recipient,
			@RequestParam(required = false) @Nullable Long upTo) {
		InboxId inbox = inbox(organization, recipient);
		return new MarkedRead(this.inboxes.markAllRead(inbox, (upTo != null) ? upTo : Long.MAX_VALUE));
	}

	/**
	 * The inbox as it fills, as server-sent events. An event's id is the alert's cursor:
	 * a client that comes back with {@code Last-Event-ID}, to whichever instance, misses
	 * none and gets none twice.
	 * @param after where a first connection begins, such as the newest cursor of the list
	 * that the client shows; with neither this nor {@code Last-Event-ID} it begins now
	 */
	@GetMapping("/stream")
	ResponseEntity<Flux<ServerSentEvent<AlertBody>>> stream(@PathVariable String organization,
			@PathVariable String recipient,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
			@RequestParam(required = false) @Nullable Long after) {
		InboxId inbox = inbox(organization, recipient);
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

	private InboxId inbox(String organization, String recipient) {
		InboxId inbox = new InboxId(new OrganizationId(organization), recipient);
		if (this.recipients.find(inbox) == null) {
			throw Problems
				.notFound("Organization %s has no recipient %s. Those it has are at /api/organizations/%s/recipients"
					.formatted(organization, recipient, organization));
		}
		return inbox;
	}

	/** An alert as JSON. */
	record AlertBody(String id, long cursor, String type, Severity severity, String title, String body,
			@Nullable String subject, Instant at, Instant filedAt, @Nullable Instant readAt) {

		static AlertBody of(FiledAlert filed) {
			Alert alert = filed.alert();
			return new AlertBody(alert.id(), filed.cursor(), alert.type(), alert.severity(), alert.text().title(),
					alert.text().body(), alert.subject(), alert.at(), filed.filedAt(), filed.readAt());
		}

	}

	/** Alerts, and the cursor of the next page if there is one. */
	record Page(List<AlertBody> alerts, @Nullable Long next) {

		static Page of(List<AlertBody> oneMore, int limit) {
			return (oneMore.size() > limit) ? new Page(oneMore.subList(0, limit), oneMore.get(limit - 1).cursor())
					: new Page(oneMore, null);
		}

	}

	/** How many alerts are unread. */
	record Unread(long unread) {
	}

	/** How many alerts were marked. */
	record MarkedRead(long marked) {
	}

}
