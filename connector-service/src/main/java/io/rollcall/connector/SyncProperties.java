package io.rollcall.connector;

import java.time.Duration;
import java.util.List;

import io.rollcall.connector.flow.SyncSettings;
import io.rollcall.connector.rules.AskAgain;
import io.rollcall.connector.rules.Backoff;
import io.rollcall.connector.rules.BulkPace;
import io.rollcall.connector.rules.FailurePolicy;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How tenants are kept in step.
 *
 * @param hintsShare the least time between two runs that hints ask for; those that come
 * meanwhile share the next
 * @param askAgain how long after the last hint a chain is asked again
 * @param askAlways at the latest this long after a chain was asked, while hints are on
 * @param fullEvery how often a scheduled run is a FULL one
 * @param subscription how long a subscription is asked for; Graph allows 29 days
 * @param subscriptionCheck how often it is seen whether a subscription is still there
 * @param personAgain when a user that was read by itself is read again
 * @param freshness how long nothing may be read before people are told
 * @param manualEvery the least time between two manual runs
 * @param lookEvery how often it is seen whether all connections are kept that should be
 * @param bulkAhead how much of the reconciler's work may wait before bulk runs pause,
 * while hints come
 * @param bulkAheadRecords records that may always wait; more make the reconciler's
 * batches larger and a bulk run faster, and let another tenant's rename wait longer
 * @param quietAhead the same as {@code bulkAhead} while no hints come
 * @param quietAheadRecords the same as {@code bulkAheadRecords} while no hints come
 * @param retryFirst the wait after a first failure
 * @param retryLongest the longest wait after failures
 * @param retryUnreadable the wait after an answer that could not be read several times
 */
@ConfigurationProperties("rollcall.sync")
public record SyncProperties(@DefaultValue("250ms") Duration hintsShare, @DefaultValue( {
		"5s", "30s", "5m" }) List<Duration> askAgain, @DefaultValue("15m") Duration askAlways,
		@DefaultValue("7d") Duration fullEvery, @DefaultValue("3d") Duration subscription,
		@DefaultValue("1h") Duration subscriptionCheck, @DefaultValue("15m") Duration personAgain,
		@DefaultValue("1h") Duration freshness, @DefaultValue("30m") Duration manualEvery,
		@DefaultValue("30s") Duration lookEvery, @DefaultValue("200ms") Duration bulkAhead,
		@DefaultValue("250") long bulkAheadRecords, @DefaultValue("1s") Duration quietAhead,
		@DefaultValue("2000") long quietAheadRecords, @DefaultValue("1s") Duration retryFirst,
		@DefaultValue("5m") Duration retryLongest, @DefaultValue("15m") Duration retryUnreadable){

	SyncSettings settings(boolean hints) {
		FailurePolicy usual = FailurePolicy.DEFAULT;
		return new SyncSettings(hints, new AskAgain(this.hintsShare, this.askAgain, this.askAlways), this.fullEvery,
				this.subscription, this.subscriptionCheck, this.personAgain, this.freshness, this.manualEvery,
				this.lookEvery,
				new BulkPace(new BulkPace.Ahead(this.bulkAhead, this.bulkAheadRecords),
						new BulkPace.Ahead(this.quietAhead, this.quietAheadRecords)),
				new FailurePolicy(new Backoff(this.retryFirst, this.retryLongest), usual.tellAfter(),
						usual.unreadableTries(), this.retryUnreadable, usual.deniedTries(), usual.personTries()));
	}

}
