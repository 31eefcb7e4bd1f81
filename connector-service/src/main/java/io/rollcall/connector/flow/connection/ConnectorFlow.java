package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import io.rollcall.connector.flow.Announcements;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.FailurePolicy;
import io.rollcall.connector.flow.Hints;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.flow.read.FullRuns;
import io.rollcall.connector.flow.read.LiveRead;
import io.rollcall.connector.flow.read.Observations;
import io.rollcall.connector.flow.read.ReadingById;
import io.rollcall.connector.flow.read.Runs;
import io.rollcall.connector.flow.read.Tenants;
import io.rollcall.connector.flow.read.WantedObjects;
import io.rollcall.connector.flow.subscription.Sources;
import io.rollcall.connector.flow.subscription.SubscriptionLoop;
import io.rollcall.connector.flow.subscription.Subscriptions;
import io.rollcall.connector.rules.Due;
import io.rollcall.model.RunId;
import io.rollcall.model.SourceId;

/** Joins the ports to the loops of connections and sources. */
public final class ConnectorFlow {

	/** How many memberships all FULL runs of an instance hold together: about 200 MB. */
	private static final long MOST_EDGES = 10_000_000;

	private final Ports ports;

	private final Timing timing;

	private final Chance chance;

	private final FullRuns fullRuns;

	/** All ports. */
	public record Ports(Connections connections, Sources sources, SyncStates states, Tenants tenants,
			Subscriptions subscriptions, Observations observations, WantedObjects wanted, Announcements announcements,
			Hints hints) {
	}

	/**
	 * When what is done.
	 *
	 * @param hints whether Graph can reach the webhook
	 */
	public record Timing(boolean hints, Due due, FailurePolicy policy, int fullRuns, Duration subscriptionCheck,
			Duration objectAgain) {
	}

	/** Clock and chance. */
	public record Chance(InstantSource clock, DoubleSupplier jitter, Supplier<RunId> runIds, Supplier<Secret> secrets) {
	}

	public ConnectorFlow(Ports ports, Timing timing, Chance chance) {
		this.ports = ports;
		this.timing = timing;
		this.chance = chance;
		this.fullRuns = new FullRuns(timing.fullRuns(), MOST_EDGES);
	}

	/** Who reads what is assigned. */
	public Ownership ownership() {
		return new Ownership(this.ports.connections(), this.ports.hints()::partitionOf, this::loop,
				this.timing.hints() ? this::subscriptions : null, this.chance.clock());
	}

	/** Takes back the subscriptions of a connection's source. */
	public void unsubscribe(Connection connection) {
		if (this.timing.hints()) {
			subscriptions(connection.source()).unsubscribe(connection);
		}
	}

	private SubscriptionLoop subscriptions(SourceId source) {
		return new SubscriptionLoop(source,
				new SubscriptionLoop.Parts(this.ports.subscriptions(), this.ports.sources(), this.ports.states(),
						this.ports.announcements(), this.timing.policy(), this.timing.subscriptionCheck(),
						this.chance.secrets(), this.chance.jitter(), this.chance.clock()));
	}

	private ConnectionLoop loop(Connection connection) {
		Ports ports = this.ports;
		return new ConnectionLoop(connection, ports, this.timing, this.chance, this.fullRuns,
				new Runs(ports.tenants(), ports.observations(), ports.announcements(), this.chance.runIds()),
				new LiveRead(ports.tenants(), ports.observations()),
				new ReadingById(ports.tenants(), ports.observations(), ports.wanted(), this.timing.objectAgain()));
	}

}
