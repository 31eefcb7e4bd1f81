package io.rollcall.connector.flow;

import java.time.Duration;

import io.rollcall.connector.rules.AskAgain;
import io.rollcall.connector.rules.BulkPace;
import io.rollcall.connector.rules.FailurePolicy;
import io.rollcall.connector.rules.Plan;

/**
 * What is the same for every connection.
 *
 * @param hints whether Graph can reach the webhook
 * @param personAgain when a user that was read by itself is read again
 * @param freshness how long nothing may be read before people are told
 * @param manualEvery the least time between two manual runs
 * @param lookEvery how often it is seen whether all connections are kept that should be
 */
public record SyncSettings(boolean hints, AskAgain askAgain, Duration fullEvery, Duration subscription,
		Duration checkEvery, Duration personAgain, Duration freshness, Duration manualEvery, Duration lookEvery,
		BulkPace pace, FailurePolicy failures) {

	Plan plan(Connection connection) {
		return new Plan(connection.schedule(), connection.selection(), this.hints, this.askAgain, this.fullEvery,
				this.subscription, this.checkEvery);
	}

}
