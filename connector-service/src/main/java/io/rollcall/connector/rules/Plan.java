package io.rollcall.connector.rules;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a connection's owner is to keep up.
 *
 * @param schedule when it runs by itself; null for manual runs only
 * @param hints whether Graph can reach the webhook: then chains are subscribed to and
 * asked again
 * @param fullEvery how often a scheduled run is a FULL one
 * @param subscription how long a subscription is asked for; renewed when half of it is
 * over
 * @param checkEvery how often it is seen whether a subscription is still there
 */
public record Plan(@Nullable NightlySchedule schedule, Selection selection, boolean hints, AskAgain askAgain,
		Duration fullEvery, Duration subscription, Duration checkEvery) {
}
