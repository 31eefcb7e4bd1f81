package io.rollcall.connector;

import java.time.Duration;
import java.util.List;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How tenants are kept in step.
 *
 * @param hintsShare the least time between two reads that hints ask for; those that come
 * meanwhile share the next
 * @param askAgain how long after the last hint a chain is asked again
 * @param askAlways at the latest this long after a chain was asked
 * @param fullEvery how often a scheduled run is a FULL one
 * @param fullRuns how many FULL runs read at the same time in an instance
 * @param mostEdges how many memberships they hold together
 * @param subscription how long a subscription is asked for; Graph allows 29 days
 * @param subscriptionCheck how often it is seen whether a subscription is still there
 * @param objectAgain when an object that was read by its id is read once more
 * @param freshness how long nothing may be read before people are told
 * @param manualEvery the least time between two manual runs
 * @param lookEvery how often it is seen whether all connections are kept that should be
 * @param retryFirst the wait after a first failure
 * @param retryLongest the longest wait after failures that pass
 * @param personFirst the first wait for a person who has to act
 * @param personLongest the longest
 */
@Validated
@ConfigurationProperties("rollcall.sync")
public record SyncSettings(@DefaultValue("250ms") Duration hintsShare, @DefaultValue( {
		"5s", "30s", "5m" }) List<Duration> askAgain, @DefaultValue("15m") Duration askAlways,
		@DefaultValue("7d") Duration fullEvery, @DefaultValue("2") @Min(1) int fullRuns,
		@DefaultValue("10000000") @Min(1) long mostEdges, @DefaultValue("3d") Duration subscription,
		@DefaultValue("1h") Duration subscriptionCheck, @DefaultValue("15m") Duration objectAgain,
		@DefaultValue("1h") Duration freshness, @DefaultValue("30m") Duration manualEvery,
		@DefaultValue("30s") Duration lookEvery, @DefaultValue("1s") Duration retryFirst,
		@DefaultValue("5m") Duration retryLongest, @DefaultValue("5m") Duration personFirst,
		@DefaultValue("1h") Duration personLongest){
}
