package io.rollcall.notifier;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How people are told.
 *
 * @param alertsKept how long an alert stays in its inbox
 * @param gather how long changes outside of runs are gathered into one mail
 * @param heartbeat how often a silent stream says that it is alive
 */
@ConfigurationProperties("rollcall.notifier")
public record NotifierSettings(@DefaultValue("90d") Duration alertsKept, @DefaultValue("1m") Duration gather,
		@DefaultValue("15s") Duration heartbeat) {

	/** How long Kafka can deliver an event again. */
	static final Duration EVENTS_KEPT = Duration.ofDays(14);

	public NotifierSettings {
		if (alertsKept.compareTo(EVENTS_KEPT) <= 0) {
			throw new IllegalArgumentException(("rollcall.notifier.alerts-kept is %s and must be longer than the %d "
					+ "days that events are kept: an event that is delivered again would tell people twice")
				.formatted(alertsKept, EVENTS_KEPT.toDays()));
		}
	}

}
