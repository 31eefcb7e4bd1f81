package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import io.rollcall.connector.flow.FailurePolicy;
import io.rollcall.connector.flow.Ports;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.rules.Due;
import io.rollcall.model.RunId;
import io.rollcall.support.Backoff;

/** What the loops of connections and sources share. */
public record ConnectorFlow(Ports ports, Timing timing, Chance chance) {

	/**
	 * When what is done.
	 *
	 * @param hints whether Graph can reach the webhook
	 * @param pauses of a loop after failures that are not Graph's
	 * @param fullRuns how many FULL runs read at the same time
	 * @param subscriptionCheck how often it is seen whether a subscription is still there
	 * @param objectAgain when an object that was read by its id is read once more
	 */
	public record Timing(boolean hints, Due due, FailurePolicy policy, Backoff pauses, int fullRuns,
			Duration subscriptionCheck, Duration objectAgain) {
	}

	/** Clock and chance. */
	public record Chance(InstantSource clock, DoubleSupplier jitter, Supplier<RunId> runIds, Supplier<Secret> secrets) {
	}

}
