package io.rollcall.notifier.flow;

import java.time.Duration;
import java.util.Collection;

import io.rollcall.notifier.rules.Mail;
import reactor.core.publisher.Mono;

/** The e-mails that wait to be sent, and those that were. */
public interface Mails {

	/** Queues each mail once, however often it is handed in. */
	Mono<Void> queue(Collection<Mail> mails);

	/**
	 * Takes the mail that has been due longest, so that nobody else takes it for a while;
	 * empty when none is due.
	 */
	Mono<Claim> claim(Duration lease);

	/**
	 * Notes that the mail server has taken the mail; says whether the claim still held.
	 */
	Mono<Boolean> sent(Claim claim);

	/** Puts the mail back, to be due after the pause. */
	Mono<Boolean> postpone(Claim claim, Duration pause, String reason);

	/** Notes that the mail will never be taken. */
	Mono<Boolean> refused(Claim claim, String reason);

	/** How many wait. */
	Mono<Long> waiting();

	/**
	 * The right to send a mail.
	 *
	 * @param token which claim, should the mail have been claimed again since
	 * @param attempts how often it has been claimed, this time included
	 */
	record Claim(Mail mail, String token, int attempts) {
	}

}
