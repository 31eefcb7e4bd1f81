package io.rollcall.connector.flow;

import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import io.rollcall.model.RunId;

/** The steps, joined to the ports that they need. */
public final class ConnectorFlow {

	private final Ownership ownership;

	private final HintHandler hintHandler;

	private final Webhook webhook;

	private final ConnectionLifecycle lifecycle;

	/** Everything that the steps need from outside. */
	public record Ports(Connections connections, SyncStates states, Runs runs, Tenants tenants,
			Subscriptions subscriptions, Observations observations, RunEvents events, Hints hints, Lags lags) {
	}

	/** Everything that is not the same twice. */
	public record Chance(InstantSource clock, DoubleSupplier jitter, Supplier<RunId> runIds, Supplier<Secret> secrets) {
	}

	public ConnectorFlow(Ports ports, Chance chance, SyncSettings settings) {
		InstantSource clock = chance.clock();
		Sequences sequences = new Sequences(ports.states(), clock);
		RunReport report = new RunReport(ports.events(), ports.runs(), clock);
		Freshness freshness = new Freshness(ports.events(), ports.states(), settings.freshness(), clock);
		FailureStep failures = new FailureStep(settings.failures(), ports.connections(), ports.states(), ports.events(),
				report, freshness, chance.jitter(), clock);
		TenureLoop.Steps steps = new TenureLoop.Steps(new StartStep(ports.states(), sequences, chance.runIds(), clock),
				new PageStep(ports.tenants(), ports.observations(), ports.states(), ports.lags(), sequences, report,
						freshness, failures, settings.pace(), clock),
				new FinishStep(ports.observations(), ports.states(), report),
				new PersonStep(ports.tenants(), ports.observations(), ports.states(), sequences, failures,
						chance.runIds(), clock),
				new SubscriptionStep(ports.subscriptions(), ports.states(), ports.events(), settings.subscription(),
						settings.failures().backoff(), chance.jitter(), clock));
		TenureLoop loop = new TenureLoop(ports.states(), steps, settings, clock);
		this.ownership = new Ownership(ports.connections(), ports.hints(), loop, steps.subscription(),
				settings.lookEvery());
		this.hintHandler = new HintHandler(ports.states(), this.ownership, settings.personAgain());
		this.webhook = new Webhook(ports.connections(), ports.hints(), clock);
		this.lifecycle = new ConnectionLifecycle(ports.connections(), ports.states(), ports.hints(),
				new ConnectionReport(ports.events(), ports.hints(), clock), settings, chance.secrets(), clock);
	}

	public Ownership ownership() {
		return this.ownership;
	}

	public HintHandler hintHandler() {
		return this.hintHandler;
	}

	public Webhook webhook() {
		return this.webhook;
	}

	public ConnectionLifecycle lifecycle() {
		return this.lifecycle;
	}

}
