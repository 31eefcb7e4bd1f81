package io.rollcall.connector;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.rollcall.connector.flow.ConnectionSettings;
import io.rollcall.connector.flow.ConnectorFlow;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.rules.Resource;
import io.rollcall.model.RunId;
import io.rollcall.model.run.RunEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

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
		ConnectorInstance connector = this.scene.connector("--spring.cloud.function.definition=rules");
		ConnectorFlow.Ports ports = connector.bean(ConnectorFlow.Ports.class);
		connector.bean(ConnectorFlow.class)
			.lifecycle()
			.ensure(this.scene.connection,
					new ConnectionSettings("acme", "Acme", this.scene.tenant, Simulator.APP,
							new Secret(Simulator.SECRET), null))
			.block(LONG);
		int owners = ownersUntilDone(connector, ports, 1);
		this.scene.awaitTruth();
		for (int i = 0; i < 40; i++) {
			simulator().happens(this.scene.tenant, "hire Person " + i + "\njoin @last @random-group\nlife\nlife");
		}
		ports.states().hinted(this.scene.connection, Resource.ALL, InstantSource.system().instant()).block(LONG);
		owners += ownersUntilDone(connector, ports, 1);
		this.scene.awaitTruth();
		System.out.println(owners + " owners died or finished");
		assertThat(records().runs(this.scene.connection, RunEvent.RunRead.class)).isNotEmpty();
		assertThat(records().markers(this.scene.connection)).isNotEmpty();
	}

	/** Lets owners die later and later until one lives to see nothing left to do. */
	private int ownersUntilDone(ConnectorInstance connector, ConnectorFlow.Ports ports, int first) {
		for (int steps = first;; steps++) {
			AtomicInteger left = new AtomicInteger(steps);
			boolean effect = steps % 2 == 0;
			ConnectorFlow flow = new ConnectorFlow(mortal(ports, left, effect),
					new ConnectorFlow.Chance(InstantSource.system(), () -> 0.5,
							() -> new RunId(UUID.randomUUID().toString()), () -> new Secret("unused")),
					connector.bean(SyncProperties.class).settings(false));
			flow.ownership().assigned(ALL);
			await().atMost(LONG).until(() -> left.get() < 0 || isIdle(ports.states()));
			flow.ownership().stopAll();
			if (left.get() >= 0) {
				return steps;
			}
		}
	}

	private boolean isIdle(SyncStates states) {
		return states.peek(this.scene.connection)
			.map((state) -> state.isAlive() && state.full() == null && state.delta() == null
					&& state.requested() == null
					&& Resource.ALL.stream().noneMatch((resource) -> state.chain(resource).isDirty()))
			.defaultIfEmpty(false)
			.block(LONG);
	}

	private static ConnectorFlow.Ports mortal(ConnectorFlow.Ports ports, AtomicInteger left, boolean effect) {
		return new ConnectorFlow.Ports(ports.connections(), mortal(SyncStates.class, ports.states(), left, effect),
				mortal(io.rollcall.connector.flow.Runs.class, ports.runs(), left, effect),
				mortal(io.rollcall.connector.flow.Tenants.class, ports.tenants(), left, effect), ports.subscriptions(),
				mortal(io.rollcall.connector.flow.Observations.class, ports.observations(), left, effect),
				mortal(io.rollcall.connector.flow.RunEvents.class, ports.events(), left, effect), ports.hints(),
				ports.lags());
	}

	/** A port that is dead after some calls; the last one may have had its effect. */
	private static <T> T mortal(Class<T> type, T port, AtomicInteger left, boolean effect) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				try {
					if (!Mono.class.isAssignableFrom(method.getReturnType())) {
						return method.invoke(port, arguments);
					}
					return Mono.defer(() -> {
						int lives = left.getAndDecrement();
						if (lives < 0 || (lives == 0 && !effect)) {
							return Mono.never();
						}
						Mono<?> call = invoke(port, method, arguments);
						return (lives == 0) ? call.then(Mono.never()) : call;
					});
				}
				catch (InvocationTargetException ex) {
					throw ex.getCause();
				}
			}));
	}

	private static Mono<?> invoke(Object port, java.lang.reflect.Method method, Object[] arguments) {
		try {
			method.setAccessible(true);
			return (Mono<?>) method.invoke(port, arguments);
		}
		catch (ReflectiveOperationException ex) {
			return Mono.error(ex);
		}
	}

}
