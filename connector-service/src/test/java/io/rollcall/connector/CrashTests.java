package io.rollcall.connector;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.rollcall.connector.flow.Ports;
import io.rollcall.connector.flow.Publications;
import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.flow.connection.ConnectionLifecycle;
import io.rollcall.connector.flow.connection.ConnectionLifecycle.Settings;
import io.rollcall.connector.flow.connection.ConnectorFlow;
import io.rollcall.connector.flow.connection.Ownership;
import io.rollcall.connector.flow.Tenants;
import io.rollcall.connector.flow.WantedObjects;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.RunId;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static io.rollcall.connector.Scene.LONG;
import static io.rollcall.connector.Scene.records;
import static io.rollcall.connector.Scene.simulator;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Owners that die between any two steps: each owner may do one thing more than the one
 * before it, then nothing that it does arrives any more; the next owner goes on.
 */
class CrashTests {

	private static final List<Integer> ALL = IntStream.range(0, 12).boxed().toList();

	private final Scene scene = new Scene(450);

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void skipsNothingWhereverOwnersDie() {
		ConnectorInstance connector = this.scene.connector("--spring.cloud.function.definition=rules",
				"--rollcall.public-url=");
		Ports ports = connector.bean(Ports.class);
		connector.bean(ConnectionLifecycle.class)
			.ensure(this.scene.connection, new Settings("acme", "Acme", this.scene.tenant, Simulator.APP,
					Credential.secret(new Secret(Simulator.SECRET)), null, null));
		int owners = ownersUntilDone(connector, ports);
		this.scene.awaitTruth();
		for (int i = 0; i < 40; i++) {
			simulator().happens(this.scene.tenant, "hire Person " + i + "\njoin @last @random-group\nlife\nlife");
		}
		ports.states()
			.requested(this.scene.connection, new SyncState.Requested(RunMode.DELTA, RunTrigger.MANUAL, "somebody"));
		owners += ownersUntilDone(connector, ports);
		this.scene.awaitTruth();
		assertThat(owners).isGreaterThan(20);
		assertThat(records().read(this.scene.connection, RunMode.FULL)).isNotEmpty();
		await().atMost(LONG).until(() -> !records().read(this.scene.connection, RunMode.DELTA).isEmpty());
		assertEveryRunEnds();
	}

	/** Each run that was begun has an end, and markers before it. */
	private void assertEveryRunEnds() {
		Set<RunId> started = this.scene.events(Progress.ReadingStarted.class)
			.stream()
			.map(Progress.ReadingStarted::run)
			.collect(Collectors.toSet());
		Set<RunId> ended = this.scene.events(Progress.ReadingEnded.class)
			.stream()
			.map(Progress.ReadingEnded::run)
			.collect(Collectors.toSet());
		assertThat(ended).isEqualTo(started);
		assertThat(records().markers(this.scene.connection).stream().map((marker) -> marker.id()).distinct())
			.containsExactlyInAnyOrderElementsOf(started);
	}

	/** Lets owners die later and later until one lives to see nothing left to do. */
	private int ownersUntilDone(ConnectorInstance connector, Ports ports) {
		for (int steps = 1;; steps += 1 + steps / 12) {
			AtomicInteger left = new AtomicInteger(steps);
			boolean effect = ThreadLocalRandom.current().nextBoolean();
			ConnectorFlow flow = new ConnectorFlow(mortal(ports, left, effect),
					connector.bean(ConnectorFlow.Timing.class), new ConnectorFlow.Chance(InstantSource.system(),
							() -> 0.5, () -> new RunId(UUID.randomUUID().toString()), () -> new Secret("unused")));
			Ownership ownership = new Ownership(flow);
			ownership.assigned(ALL);
			await().dontCatchUncaughtExceptions()
				.pollInterval(Duration.ofMillis(20))
				.atMost(LONG)
				.until(() -> left.get() < 0 || isIdle(ports.states()));
			ownership.stopAll();
			if (left.get() >= 0) {
				return steps;
			}
		}
	}

	private boolean isIdle(SyncStates states) {
		SyncState state = states.find(this.scene.connection);
		return state != null && state.position().isAlive() && state.position().run() == null
				&& state.position().ended() == null && state.requested() == null && Resource.ALL.stream()
					.noneMatch((resource) -> state.isDirty(resource) || state.chain(resource).isReading());
	}

	private static Ports mortal(Ports ports, AtomicInteger left, boolean effect) {
		return new Ports(ports.connections(), ports.sources(), mortal(SyncStates.class, ports.states(), left, effect),
				mortal(Tenants.class, ports.tenants(), left, effect), ports.subscriptions(),
				mortal(Publications.class, ports.publications(), left, effect),
				mortal(WantedObjects.class, ports.wanted(), left, effect), ports.hints(), ports.deadLetters());
	}

	/** A port that is dead after some calls; the last one may have had its effect. */
	private static <T> T mortal(Class<T> type, T port, AtomicInteger left, boolean effect) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				method.setAccessible(true);
				try {
					if (method.getReturnType() == int.class) {
						return method.invoke(port, arguments);
					}
					int lives = left.getAndDecrement();
					if (lives < 0 || (lives == 0 && !effect)) {
						throw new Killed();
					}
					Object answer = method.invoke(port, arguments);
					if (lives == 0) {
						throw new Killed();
					}
					return answer;
				}
				catch (InvocationTargetException ex) {
					throw ex.getCause();
				}
			}));
	}

	/** Ends the thread that runs into it, as a kill would. */
	private static final class Killed extends Error {

		private static final long serialVersionUID = 1L;

		Killed() {
			super("killed", null, false, false);
		}

	}

}
