package io.rollcall.notifier;

import java.time.Duration;

import io.rollcall.notifier.flow.PostingSettings;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long things are kept, and how mails are sent.
 *
 * @param alertsKept how long an alert stays in its inbox
 * @param mailsKept how long a mail is remembered after it was sent or refused
 * @param posting how mails are sent
 */
@ConfigurationProperties("rollcall.notifier")
public record NotifierSettings(@DefaultValue("90d") Duration alertsKept, @DefaultValue("30d") Duration mailsKept,
		@DefaultValue Posting posting) {

	/** How long Kafka can deliver an event again. */
	private static final Duration EVENTS_KEPT = Duration.ofDays(14);

	public NotifierSettings {
		checkKept("rollcall.notifier.alerts-kept", alertsKept);
		checkKept("rollcall.notifier.mails-kept", mailsKept);
	}

	private static void checkKept(String name, Duration kept) {
		if (kept.compareTo(EVENTS_KEPT) <= 0) {
			throw new IllegalArgumentException(("%s is %s and must be longer than the %d days that events are kept: "
					+ "an event that is delivered again would tell people twice")
				.formatted(name, kept, EVENTS_KEPT.toDays()));
		}
	}

	/**
	 * How mails are sent.
	 *
	 * @param lanes how many at a time
	 * @param lease how long a claim lasts: longer than sending one mail can take
	 * @param firstPause the first pause after a failure; it doubles from one to the next
	 * @param longestPause the longest pause while the server takes no mail at all
	 * @param longestDeferral the longest pause of a single mail that the server defers
	 */
	public record Posting(@DefaultValue("4") int lanes, @DefaultValue("10m") Duration lease,
			@DefaultValue("1s") Duration firstPause, @DefaultValue("1m") Duration longestPause,
			@DefaultValue("1h") Duration longestDeferral) {

		PostingSettings settings() {
			return new PostingSettings(this.lanes, this.lease, this.firstPause, this.longestPause,
					this.longestDeferral);
		}

	}

}
