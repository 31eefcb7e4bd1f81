package io.rollcall.notifier.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.rollcall.notifier.flow.MailServers.Delivery;
import io.rollcall.notifier.flow.Mails.Claim;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Sends what is queued. A mail server that takes no mail is asked again with growing
 * pauses, for as long as it takes; an address that is refused for good is told to the
 * owners.
 */
public final class Posting {

	private static final Logger log = LoggerFactory.getLogger(Posting.class);

	private static final int LARGEST_DOUBLING = 20;

	private final Mails mails;

	private final MailServers servers;

	private final Recipients recipients;

	private final Telling telling;

	private final PostingSettings settings;

	private final InstantSource clock;

	/** Mails that were taken by the server while the database could not note it. */
	private final Set<String> takenButNotNoted = ConcurrentHashMap.newKeySet();

	private volatile @Nullable Outage outage;

	public Posting(Mails mails, MailServers servers, Recipients recipients, Telling telling, PostingSettings settings,
			InstantSource clock) {
		this.mails = mails;
		this.servers = servers;
		this.recipients = recipients;
		this.telling = telling;
		this.settings = settings;
		this.clock = clock;
	}

	/** Sends all that is due; to be called again and again. */
	public Mono<Void> sendDue() {
		Outage current = this.outage;
		if (current != null && this.clock.instant().isBefore(current.nextAttempt())) {
			return Mono.empty();
		}
		// After an outage one mail asks whether the server is back, not all at once.
		return Flux.range(0, (current != null) ? 1 : this.settings.lanes()).flatMap((lane) -> lane()).then();
	}

	/** Why nothing can be sent at the moment, or null. */
	public @Nullable Outage outage() {
		return this.outage;
	}

	private Flux<Step> lane() {
		return Mono.defer(this::sendNext).repeat().takeUntil((step) -> step != Step.WENT_ON);
	}

	private Mono<Step> sendNext() {
		return this.mails.claim(this.settings.lease()).flatMap(this::send).defaultIfEmpty(Step.NOTHING_DUE);
	}

	private Mono<Step> send(Claim claim) {
		if (this.takenButNotNoted.contains(claim.mail().key())) {
			return noteTaken(claim);
		}
		return this.servers.deliver(claim.mail()).flatMap((delivery) -> switch (delivery) {
			case Delivery.Taken _ -> taken(claim);
			case Delivery.Refused it -> refused(claim, it.reason());
			case Delivery.Deferred it -> deferred(claim, it.reason());
			case Delivery.Unreachable it -> unreachable(claim, it);
		});
	}

	private Mono<Step> taken(Claim claim) {
		this.outage = null;
		this.takenButNotNoted.add(claim.mail().key());
		return noteTaken(claim);
	}

	/** Not noting a mail that was taken would send it again: insists. */
	private Mono<Step> noteTaken(Claim claim) {
		return this.mails.sent(claim)
			.retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
				.maxBackoff(Duration.ofSeconds(5))
				.doBeforeRetry((retry) -> log.warn("Mail {} was sent, but that cannot be noted yet: {}",
						claim.mail().key(), retry.failure().toString())))
			.doOnNext((held) -> {
				if (!held) {
					log.warn("Mail {} took longer to send than its claim lasted; it may arrive twice",
							claim.mail().key());
				}
				this.takenButNotNoted.remove(claim.mail().key());
			})
			.thenReturn(Step.WENT_ON);
	}

	private Mono<Step> refused(Claim claim, String reason) {
		this.outage = null;
		log.warn("The mail server refuses {} of recipient {} for good: {}. Save the recipient with another address",
				claim.mail().to(), claim.mail().inbox(), reason);
		return this.recipients.refuseMail(claim.mail(), reason)
			.flatMap((first) -> this.telling.tellOfRefusedAddress(first, claim.mail(), reason))
			.then(Mono.defer(() -> this.mails.refused(claim, reason)))
			.thenReturn(Step.WENT_ON);
	}

	private Mono<Step> deferred(Claim claim, String reason) {
		this.outage = null;
		Duration pause = pause(this.settings.firstPause(), this.settings.longestDeferral(), claim.attempts());
		log.info("The mail server does not take mail {} now ({}), it is tried again in {}", claim.mail().key(), reason,
				pause);
		return this.mails.postpone(claim, pause, reason).thenReturn(Step.WENT_ON);
	}

	private Mono<Step> unreachable(Claim claim, Delivery.Unreachable why) {
		Outage before = this.outage;
		Instant now = this.clock.instant();
		if (before != null && now.isBefore(before.nextAttempt())) {
			// Another lane has just found out.
			return this.mails.postpone(claim, Duration.between(now, before.nextAttempt()), why.reason())
				.thenReturn(Step.STOPPED);
		}
		int attempts = (before != null) ? before.attempts() + 1 : 1;
		Duration pause = pause(this.settings.firstPause(), this.settings.longestPause(), attempts);
		this.outage = new Outage((before != null) ? before.since() : now, attempts, now.plus(pause), why.reason(),
				why.action());
		log.warn("No e-mail can be sent, trying again in {}: {}. {}", pause, why.reason(), why.action());
		return this.mails.postpone(claim, pause, why.reason()).thenReturn(Step.STOPPED);
	}

	private static Duration pause(Duration first, Duration longest, int attempts) {
		Duration doubled = first.multipliedBy(1L << Math.min(attempts - 1, LARGEST_DOUBLING));
		return (doubled.compareTo(longest) < 0) ? doubled : longest;
	}

	private enum Step {

		WENT_ON, NOTHING_DUE, STOPPED

	}

	/**
	 * A time in which nothing can be sent.
	 *
	 * @param action what to do about it
	 */
	public record Outage(Instant since, int attempts, Instant nextAttempt, String reason, String action) {
	}

}
