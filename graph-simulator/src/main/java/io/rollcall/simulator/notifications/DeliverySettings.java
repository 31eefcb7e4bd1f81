package io.rollcall.simulator.notifications;

import java.time.Duration;

/**
 * How notifications travel. The defaults are Graph's published times, with a short
 * latency so that nobody waits.
 *
 * @param latency between the change and the first attempt
 * @param batchSize how many notifications one POST carries at most
 * @param duplicates chance that a notification is sent twice
 * @param lost chance that a notification is never sent
 * @param wrongClientState chance that a notification carries a forged client state
 * @param reordered whether the order within what is pending is shuffled
 * @param seed for the chances
 * @param firstTimeout a first attempt slower than this is repeated
 * @param retryTimeout the same for repeated attempts
 * @param firstRetry the first pause, doubled each time
 * @param giveUp after this time nothing is tried again
 * @param judged how long a host's answers are counted, and how long a judgement lasts
 */
public record DeliverySettings(Duration latency, int batchSize, double duplicates, double lost, double wrongClientState,
		boolean reordered, long seed, Duration firstTimeout, Duration retryTimeout, Duration firstRetry,
		Duration giveUp, Duration judged) {

	/** As Graph does it. */
	public static final DeliverySettings DEFAULT = new DeliverySettings(Duration.ofMillis(50), 20, 0, 0, 0, false, 1,
			Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofHours(4),
			Duration.ofMinutes(10));

}
