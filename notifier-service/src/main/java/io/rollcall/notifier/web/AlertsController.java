package io.rollcall.notifier.web;

import java.util.List;

import io.rollcall.notifier.flow.Inboxes;
import io.rollcall.notifier.flow.Recipients;
import io.rollcall.notifier.rules.InboxId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A recipient's inbox. */
@RestController
@RequestMapping("/api/organizations/{organization}/recipients/{recipient}/alerts")
public class AlertsController {

	private static final int LARGEST_PAGE = 200;

	private final Recipients recipients;

	private final Inboxes inboxes;

	AlertsController(Recipients recipients, Inboxes inboxes) {
		this.recipients = recipients;
		this.inboxes = inboxes;
	}

	/** The newest first; {@code cursor} is the {@code next} of the page before. */
	@GetMapping
	Mono<Page> list(@PathVariable String organization, @PathVariable String recipient,
			@RequestParam(required = false) @Nullable Long cursor, @RequestParam(defaultValue = "false") boolean unread,
			@RequestParam(defaultValue = "50") int limit) {
		if (limit < 1 || limit > LARGEST_PAGE) {
			return Mono.error(Problems.invalid("limit must be 1 to " + LARGEST_PAGE + ", is " + limit));
		}
		return inbox(organization, recipient)
			.flatMap((inbox) -> this.inboxes.page(inbox, cursor, unread, limit + 1).map(AlertBody::of).collectList())
			.map((alerts) -> Page.of(alerts, limit));
	}

	@GetMapping("/unread-count")
	Mono<Unread> unreadCount(@PathVariable String organization, @PathVariable String recipient) {
		return inbox(organization, recipient).flatMap(this.inboxes::unread).map(Unread::new);
	}

	@PostMapping("/{alert}/read")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	Mono<Void> read(@PathVariable String organization, @PathVariable String recipient, @PathVariable String alert) {
		return inbox(organization, recipient)
			.flatMap((inbox) -> this.inboxes.markRead(inbox, alert)
				.filter(Boolean::booleanValue)
				.switchIfEmpty(Mono.error(() -> Problems.unknownAlert(inbox, alert))))
			.then();
	}

	/** Up to the newest alert that the person has seen, so that none is read unseen. */
	@PostMapping("/read-all")
	Mono<MarkedRead> readAll(@PathVariable String organization, @PathVariable String recipient,
			@RequestParam(required = false) @Nullable Long upTo) {
		return inbox(organization, recipient)
			.flatMap((inbox) -> this.inboxes.markAllRead(inbox, (upTo != null) ? upTo : Long.MAX_VALUE))
			.map(MarkedRead::new);
	}

	private Mono<InboxId> inbox(String organization, String recipient) {
		return Mono.fromSupplier(() -> Paths.inbox(organization, recipient))
			.flatMap((inbox) -> this.recipients.find(inbox)
				.switchIfEmpty(Mono.error(() -> Problems.unknownRecipient(inbox)))
				.thenReturn(inbox));
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
