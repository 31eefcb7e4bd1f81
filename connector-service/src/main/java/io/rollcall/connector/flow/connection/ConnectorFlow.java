package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.FailurePolicy;
import io.rollcall.connector.flow.Hints;
import io.rollcall.connector.flow.Publications;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.Sources;
import io.rollcall.connector.flow.Subscriptions;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.flow.read.Tenants;
import io.rollcall.connector.flow.read.WantedObjects;
import io.rollcall.connector.rules.Due;
import io.rollcall.model.RunId;
import io.rollcall.support.Backoff;
import io.rollcall.support.DeadLetters;

/** What the loops of connections and sources share. */
public record ConnectorFlow(Ports ports, Timing timing, Chance chance) {

	/** All ports. */
	public record Ports(Connections connections, Sources sources, SyncStates states, Tenants tenants,
			Subscriptions subscriptions, Publications publications, WantedObjects wanted, Hints hints,
			DeadLetters deadLetters) {
	}

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
