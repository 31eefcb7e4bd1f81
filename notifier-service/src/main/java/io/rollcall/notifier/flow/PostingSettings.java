package io.rollcall.notifier.flow;

import java.time.Duration;

/**
 * How mails are sent.
 *
 * @param lanes how many at a time
 * @param lease how long a claim lasts: longer than sending one mail can take
 * @param firstPause the first pause after a failure; it doubles from one to the next
 * @param longestPause the longest pause while the server takes no mail at all
 * @param longestDeferral the longest pause of a single mail that the server defers
 */
public record PostingSettings(int lanes, Duration lease, Duration firstPause, Duration longestPause,
		Duration longestDeferral) {
}
