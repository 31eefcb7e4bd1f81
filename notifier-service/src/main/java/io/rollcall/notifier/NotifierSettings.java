package io.rollcall.notifier;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;

import io.rollcall.notifier.flow.SendMails;
import io.rollcall.support.Backoff;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long things are kept, and how mails are sent.
 *
 * @param alertsKept how long an alert stays in its inbox
 * @param mail how mails are sent
 */
@ConfigurationProperties("rollcall.notifier")
public record NotifierSettings(@DefaultValue("90d") Duration alertsKept, @DefaultValue MailSettings mail) {

	/** How long Kafka can deliver an event again. */
	static final Duration EVENTS_KEPT = Duration.ofDays(14);

	public NotifierSettings {
		if (alertsKept.compareTo(EVENTS_KEPT) <= 0) {
			throw new IllegalArgumentException(("rollcall.notifier.alerts-kept is %s and must be longer than the %d "
					+ "days that events are kept: an event that is delivered again would tell people twice")
				.formatted(alertsKept, EVENTS_KEPT.toDays()));
		}
	}

	/**
	 * How mails are sent.
	 *
	 * @param gather how long changes outside of runs are gathered into one mail
	 * @param atATime how many are sent side by side
	 * @param lease how long a claim lasts: longer than sending one mail can take
	 * @param firstPause the first pause after a failure; it doubles from one to the next
	 * @param longestPause the longest pause while the server takes no mail at all
	 * @param longestDeferral the longest pause of a single mail that it does not take
	 */
	public record MailSettings(@DefaultValue("1m") Duration gather, @DefaultValue("4") int atATime,
			@DefaultValue("10m") Duration lease, @DefaultValue("1s") Duration firstPause,
			@DefaultValue("1m") Duration longestPause, @DefaultValue("1h") Duration longestDeferral) {

		SendMails.Settings settings() {
			return new SendMails.Settings(this.atATime, this.lease, pauses(this.longestPause),
					pauses(this.longestDeferral));
		}

		private IntFunction<Duration> pauses(Duration longest) {
			Backoff backoff = new Backoff(this.firstPause, longest);
			return (failures) -> backoff.after(failures, ThreadLocalRandom.current().nextDouble());
		}

	}

}
