package io.rollcall.notifier.flow;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.Envelope;
import io.rollcall.notifier.rules.Alert;
import io.rollcall.notifier.rules.Announcement;
import io.rollcall.notifier.rules.Mail;
import io.rollcall.notifier.rules.Recipient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Tells people of a batch of events: file, then queue and publish. */
public final class Telling {

	private static final Logger log = LoggerFactory.getLogger(Telling.class);

	private final Recipients recipients;

	private final Inboxes inboxes;

	private final Mails mails;

	private final Publications publications;

	public Telling(Recipients recipients, Inboxes inboxes, Mails mails, Publications publications) {
		this.recipients = recipients;
		this.inboxes = inboxes;
		this.mails = mails;
		this.publications = publications;
	}

	/**
	 * Ends when everything in the batch, up to an event that makes no sense, has reached
	 * inboxes, outbox and topic.
	 */
	public Mono<Outcome> tell(List<? extends Envelope<?>> batch) {
		Set<OrganizationId> organizations = new LinkedHashSet<>();
		for (Envelope<?> envelope : batch) {
			OrganizationId organization = Announcement.organizationOf(envelope);
			if (organization != null) {
				organizations.add(organization);
			}
		}
		if (organizations.isEmpty()) {
			return Mono.just(new Outcome.Told());
		}
		return this.recipients.of(organizations).flatMap((known) -> tell(batch, known));
	}

	/**
	 * What owners are told when the mail server refuses an address for good.
	 * @param first the first mail that it refused: they are told once
	 */
	Mono<Void> tellOfRefusedAddress(String first, Mail mail, String reason) {
		OrganizationId organization = mail.inbox().organization();
		return this.recipients.of(List.of(organization))
			.map((known) -> Announcement.ofRefusedAddress(first, mail, reason,
					known.getOrDefault(organization, List.of())))
			.flatMap((announcement) -> carryOut(announcement.alerts(), announcement.mails()));
	}

	private Mono<Outcome> tell(List<? extends Envelope<?>> batch, Map<OrganizationId, List<Recipient>> known) {
		List<Alert> alerts = new ArrayList<>();
		List<Mail> letters = new ArrayList<>();
		Outcome outcome = new Outcome.Told();
		for (int i = 0; i < batch.size() && outcome instanceof Outcome.Told; i++) {
			try {
				Announcement announcement = announce(batch.get(i), known);
				alerts.addAll(announcement.alerts());
				letters.addAll(announcement.mails());
			}
			catch (RuntimeException ex) {
				// The rules are pure: what they cannot put into words now, they never
				// will.
				log.debug("Event {} makes no sense", batch.get(i).id(), ex);
				outcome = new Outcome.Stuck(i, "cannot be put into words: " + ex);
			}
		}
		return carryOut(alerts, letters).thenReturn(outcome);
	}

	private Announcement announce(Envelope<?> envelope, Map<OrganizationId, List<Recipient>> known) {
		OrganizationId organization = Announcement.organizationOf(envelope);
		List<Recipient> recipients = (organization != null) ? known.getOrDefault(organization, List.of()) : List.of();
		Announcement announcement = Announcement.of(envelope, recipients);
		if (announcement.unheard() != null) {
			log.warn(
					"Nobody hears of {} in organization {}: {}. Add recipients who are in charge with "
							+ "PUT /api/organizations/{}/recipients",
					announcement.unheard(), organization, envelope.event(), organization);
		}
		return announcement;
	}

	/**
	 * Alerts first, because all else tells of them. What follows may end in any order:
	 * until all of it is done nothing is committed, and it can all be done again.
	 */
	private Mono<Void> carryOut(List<Alert> alerts, List<Mail> letters) {
		Mono<Void> queue = letters.isEmpty() ? Mono.empty() : Mono.defer(() -> this.mails.queue(letters));
		return alerts.isEmpty() ? queue : this.inboxes.file(alerts)
			.flatMap((filed) -> Mono.when(this.inboxes.remember(filed), queue, this.publications.publish(filed)));
	}

	/** How far a batch came. */
	public sealed interface Outcome {

		/** All of it. */
		record Told() implements Outcome {
		}

		/** All that stands before an event that can never be told. */
		record Stuck(int index, String reason) implements Outcome {
		}

	}

}
