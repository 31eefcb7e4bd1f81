package io.rollcall.notifier.web;

import java.util.List;

import io.rollcall.notifier.flow.Inboxes;
import io.rollcall.notifier.flow.Recipients;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

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

	private final Recipients recipients;

	private final Inboxes inboxes;

	AlertsController(Recipients recipients, Inboxes inboxes) {
		this.recipients = recipients;
		this.inboxes = inboxes;
	}

	/** The newest first; {@code cursor} is the {@code next} of the page before. */
	@GetMapping
	Page list(@PathVariable String organization, @PathVariable String recipient,
			@RequestParam(required = false) @Nullable Long cursor, @RequestParam(defaultValue = "false") boolean unread,
			@RequestParam(defaultValue = "50") int limit) {
		int most = Problems.limit(limit);
		InboxId inbox = Paths.inbox(organization, recipient, this.recipients);
		return Page.of(this.inboxes.page(inbox, cursor, unread, most + 1).stream().map(AlertBody::of).toList(), most);
	}

	@GetMapping("/unread-count")
	Unread unreadCount(@PathVariable String organization, @PathVariable String recipient) {
		return new Unread(this.inboxes.unread(Paths.inbox(organization, recipient, this.recipients)));
	}

	@PostMapping("/{alert}/read")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void read(@PathVariable String organization, @PathVariable String recipient, @PathVariable String alert) {
		InboxId inbox = Paths.inbox(organization, recipient, this.recipients);
		if (!this.inboxes.markRead(inbox, alert)) {
			throw Problems.notFound("The inbox of %s has no alert %s".formatted(recipient, alert));
		}
	}

	/** Up to the newest alert that the person has seen, so that none is read unseen. */
	@PostMapping("/read-all")
	MarkedRead readAll(@PathVariable String organization, @PathVariable String recipient,
			@RequestParam(required = false) @Nullable Long upTo) {
		InboxId inbox = Paths.inbox(organization, recipient, this.recipients);
		return new MarkedRead(this.inboxes.markAllRead(inbox, (upTo != null) ? upTo : Long.MAX_VALUE));
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
