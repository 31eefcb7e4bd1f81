package io.rollcall.connector;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import io.rollcall.connector.flow.ConnectionLifecycle;
import io.rollcall.connector.flow.ConnectionSettings;
import io.rollcall.connector.flow.ConnectorFlow;
import io.rollcall.connector.flow.Hints;
import io.rollcall.connector.flow.RunEvents;
import io.rollcall.connector.flow.Secret;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static io.rollcall.connector.Scene.LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What people do with a connection while Kafka fails now and then. */
class LifecycleTests {

	private final Scene scene = new Scene(1);

	private final ConnectionId id = this.scene.connection;

	private final Set<String> events = new LinkedHashSet<>();

	private final List<Hint> hints = new ArrayList<>();

	private boolean eventsFail;

	private boolean hintsFail;

	private ConnectionLifecycle lifecycle;

	@BeforeEach
	void start() {
		ConnectorInstance connector = this.scene.connector("--spring.cloud.function.definition=rules");
		ConnectorFlow.Ports real = connector.bean(ConnectorFlow.Ports.class);
		RunEvents runEvents = (event, content) -> this.eventsFail ? failed()
				: Mono.fromRunnable(() -> this.events.add(content.getClass().getSimpleName() + " " + event));
		ConnectorFlow.Ports ports = new ConnectorFlow.Ports(real.connections(), real.states(), real.runs(),
				real.tenants(), real.subscriptions(), real.observations(), runEvents, new FailingHints(), real.lags());
		this.lifecycle = new ConnectorFlow(ports,
				new ConnectorFlow.Chance(InstantSource.system(), () -> 0.5,
						() -> new RunId(UUID.randomUUID().toString()), () -> new Secret("unused")),
				connector.bean(SyncProperties.class).settings(false))
			.lifecycle();
		this.lifecycle.create(this.id, settings()).block(LONG);
	}

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tellsOfAnActivationAndAPauseWhenTheyAreRepeated(boolean hintFails) {
		failing(hintFails, () -> this.lifecycle.activate(this.id, "me"));
		this.lifecycle.activate(this.id, "me").block(LONG);
		this.lifecycle.activate(this.id, "me").block(LONG);
		assertThat(touches()).isEqualTo(2);
		assertThat(of(RunEvent.ConnectionActivated.class)).hasSize(1);
		failing(hintFails, () -> this.lifecycle.pause(this.id));
		this.lifecycle.pause(this.id).block(LONG);
		this.lifecycle.pause(this.id).block(LONG);
		assertThat(touches()).isEqualTo(4);
		assertThat(of(RunEvent.ConnectionPaused.class)).hasSize(1);
	}

	@Test
	void tellsOfWhatIsConfiguredAtTheNextStart() {
		failing(false, () -> this.lifecycle.ensure(this.id, settings()));
		failing(true, () -> this.lifecycle.ensure(this.id, settings()));
		this.lifecycle.ensure(this.id, settings()).block(LONG);
		assertThat(of(RunEvent.ConnectionActivated.class)).hasSize(1);
		assertThat(touches()).isPositive();
	}

	@Test
	void handsASelectionToTheOwnerWhenTheRulesComeAgain() {
		this.lifecycle.activate(this.id, "me").block(LONG);
		RulesPublished rules = new RulesPublished(new OrganizationId("acme"), this.id, 2, 2, List.of("displayName"),
				List.of("displayName"), InstantSource.system().instant());
		int before = touches();
		failing(true, () -> this.lifecycle.select(rules));
		this.lifecycle.select(rules).block(LONG);
		assertThat(touches()).isEqualTo(before + 1);
	}

	@Test
	void leavesTheManualRunToBeAskedForAgainWhenItCouldNotBePublished() {
		this.lifecycle.activate(this.id, "me").block(LONG);
		failing(true, () -> this.lifecycle.requestRun(this.id, RunMode.DELTA, "me"));
		this.lifecycle.requestRun(this.id, RunMode.DELTA, "me").block(LONG);
		assertThat(this.hints).last().isInstanceOf(Hint.RunRequested.class);
	}

	private void failing(boolean hintFails, java.util.function.Supplier<Mono<?>> act) {
		this.hintsFail = hintFails;
		this.eventsFail = !hintFails;
		assertThatIllegalStateException().isThrownBy(() -> act.get().block(LONG)).withMessage("Kafka is away");
		this.hintsFail = false;
		this.eventsFail = false;
	}

	private List<String> of(Class<? extends RunEvent> type) {
		return this.events.stream().filter((event) -> event.startsWith(type.getSimpleName())).toList();
	}

	private int touches() {
		return (int) this.hints.stream().filter(Hint.ConnectionTouched.class::isInstance).count();
	}

	private ConnectionSettings settings() {
		return new ConnectionSettings("acme", "Acme", this.scene.tenant, Simulator.APP, new Secret(Simulator.SECRET),
				null);
	}

	private static Mono<Void> failed() {
		return Mono.error(new IllegalStateException("Kafka is away"));
	}

	/** Hints that are kept here, if they do not fail. */
	private final class FailingHints implements Hints {

		@Override
		public Mono<Void> publish(List<Hint> published) {
			return Mono.defer(() -> LifecycleTests.this.hintsFail ? failed()
					: Mono.fromRunnable(() -> LifecycleTests.this.hints.addAll(published)));
		}

		@Override
		public int partitionOf(ConnectionId connection) {
			return 0;
		}

	}

}
