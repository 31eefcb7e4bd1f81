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
 * @param askAgain how long after the last hint a chain is asked again
 * @param askAlways at the latest this long after a chain was asked
 * @param fullRuns how many FULL runs read at the same time in an instance
 * @param subscriptionCheck how often it is seen whether a subscription is still there
 * @param objectAgain when an object that was read by its id is read once more
 * @param manualEvery the least time between two manual runs
 * @param retryFirst the wait after a first failure
 * @param personFirst the first wait for a person who has to act
 */
@Validated
@ConfigurationProperties("rollcall.sync")
public record SyncSettings(@DefaultValue( {
		"5s", "30s", "5m" }) List<Duration> askAgain, @DefaultValue("15m") Duration askAlways,
		@DefaultValue("2") @Min(1) int fullRuns, @DefaultValue("1h") Duration subscriptionCheck,
		@DefaultValue("15m") Duration objectAgain, @DefaultValue("30m") Duration manualEvery,
		@DefaultValue("1s") Duration retryFirst, @DefaultValue("5m") Duration personFirst){
}
