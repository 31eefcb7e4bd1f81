package io.rollcall.notifier.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.Stream;

import io.rollcall.notifier.flow.MailServers.Delivery;
import io.rollcall.notifier.flow.Mails.Claim;
import io.rollcall.notifier.rules.Mail;
import io.rollcall.notifier.rules.MailDraft;
import io.rollcall.notifier.rules.Recipient;
import io.rollcall.notifier.rules.RunNews;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due: of each recipient, all that waits, in one mail. Only a mailbox that
 * does not exist is given up; everything else is tried again with growing pauses, for as
 * long as it takes.
 */
public final class SendMails {

	private static final Logger log = LoggerFactory.getLogger(SendMails.class);

	private static final int PAGE = 1_000;

	private static final int AT_A_TIME = 4;

	/** How long a claim lasts: longer than sending one mail can take. */
	private static final Duration LEASE = Duration.ofMinutes(10);

	private final Mails mails;

	private final MailServers servers;

	private final Recipients recipients;

	private final Inboxes inboxes;

	private final TellPeople tellPeople;

	private final IntFunction<Duration> pauseOfAll;

	private final IntFunction<Duration> pauseOfOne;

	private final InstantSource clock;

	private volatile @Nullable Outage outage;

	/**
	 * @param pauseOfAll after so many attempts, while the server takes no mail at all
	 * @param pauseOfOne after so many attempts of a mail that it does not take
	 */
	public SendMails(Mails mails, MailServers servers, Recipients recipients, Inboxes inboxes, TellPeople tellPeople,
			IntFunction<Duration> pauseOfAll, IntFunction<Duration> pauseOfOne, InstantSource clock) {
		this.mails = mails;
		this.servers = servers;
		this.recipients = recipients;
		this.inboxes = inboxes;
		this.tellPeople = tellPeople;
		this.pauseOfAll = pauseOfAll;
		this.pauseOfOne = pauseOfOne;
		this.clock = clock;
	}

	/** Sends all that is due; to be called again and again, by one thread. */
	public void sendDue() {
		List<Claim> claims;
		do {
			Outage current = this.outage;
			if (current != null && this.clock.instant().isBefore(current.nextAttempt())) {
				return;
			}
			// While no mail is taken one asks whether the server is back, not all at
			// once.
			claims = Stream.generate(() -> this.mails.claim(LEASE))
				.limit((current != null) ? 1 : AT_A_TIME)
				.takeWhile(Objects::nonNull)
				.toList();
			try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
				claims.forEach((claim) -> threads.submit(() -> trySend(claim)));
			}
		}
		while (!claims.isEmpty());
	}

	/** Why no mail gets through at the moment, or null. */
	public @Nullable Outage outage() {
		return this.outage;
	}

	private void trySend(Claim claim) {
		try {
			send(claim);
		}
		catch (RuntimeException ex) {
			log.warn("Mail {} is tried again when its claim has ended: {}", claim.mail(), ex.toString());
		}
	}

	private void send(Claim claim) {
		Recipient recipient = this.recipients.find(claim.inbox());
		Mail mail = (recipient != null && recipient.mailRefused() == null) ? mail(claim, recipient) : null;
		if (recipient == null || mail == null) {
			this.mails.done(claim);
			return;
		}
		switch (this.servers.deliver(mail)) {
			case Delivery.Taken _ -> {
				this.outage = null;
				noteTaken(claim);
			}
			case Delivery.NoSuchMailbox it -> {
				log.warn("The mail server knows no mailbox of recipient {}. Save the recipient with another address",
						claim.inbox());
				// Told first: who is muted is not asked again.
				this.tellPeople
					.tell(List.of(RunNews.mailRefused(claim.mail(), recipient, it.reason(), this.clock.instant())));
				this.recipients.refuseMail(claim.inbox(), recipient.email(), it.reason());
				this.mails.done(claim);
			}
			case Delivery.Rejected it -> {
				Duration pause = this.pauseOfOne.apply(claim.attempts());
				failing(it.reason(), it.action(), this.clock.instant());
				log.warn("The mail server does not take mail {} now, it is tried again in {}", claim.mail(), pause);
				this.mails.postpone(claim, pause);
			}
			case Delivery.Unreachable it -> unreachable(claim, it);
		}
	}

	private @Nullable Mail mail(Claim claim, Recipient recipient) {
		MailDraft draft = new MailDraft();
		long cursor = claim.after();
		List<FiledAlert> page;
		do {
			page = this.inboxes.toMail(claim.inbox(), cursor, claim.upTo(), PAGE);
			for (FiledAlert filed : page) {
				draft.add(filed.alert());
				cursor = filed.cursor();
			}
		}
		while (page.size() == PAGE);
		return draft.mail(recipient, claim.mail());
	}

	/** Not noting a mail that was taken would send it again: insists. */
	private void noteTaken(Claim claim) {
		for (int failures = 1;; failures++) {
			try {
				if (!this.mails.done(claim)) {
					log.warn("Mail {} took longer to send than its claim lasted; it may arrive twice", claim.mail());
				}
				return;
			}
			catch (RuntimeException ex) {
				log.warn("Mail {} was sent, but that cannot be noted yet: {}", claim.mail(), ex.toString());
				try {
					Thread.sleep(this.pauseOfAll.apply(failures));
				}
				catch (InterruptedException interrupted) {
					Thread.currentThread().interrupt();
					throw ex;
				}
			}
		}
	}

	private synchronized void unreachable(Claim claim, Delivery.Unreachable why) {
		Outage before = this.outage;
		Instant now = this.clock.instant();
		if (before == null || !now.isBefore(before.nextAttempt())) {
			int attempts = (before != null) ? before.attempts() + 1 : 1;
			Duration pause = this.pauseOfAll.apply(attempts);
			this.outage = new Outage((before != null) ? before.since() : now, attempts, now.plus(pause), why.reason(),
					why.action());
			log.warn("No e-mail can be sent, trying again in {}: {}. {}", pause, why.reason(), why.action());
		}
		this.mails.postpone(claim, Duration.ZERO);
	}

	/** Until a mail is taken all may be refused: said in the service's health. */
	private synchronized void failing(String reason, String action, Instant now) {
		Outage before = this.outage;
		this.outage = new Outage((before != null) ? before.since() : now, 0, now, reason, action);
	}

	/**
	 * A time in which no mail was taken.
	 *
	 * @param nextAttempt until then nothing is tried
	 * @param action what to do about it
	 */
	public record Outage(Instant since, int attempts, Instant nextAttempt, String reason, String action) {
	}

}
