package io.rollcall.connector;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Connection.Needs;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.Ports;
import io.rollcall.connector.flow.Publications;
import io.rollcall.connector.flow.Hints;
import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.connection.ConnectionLifecycle;
import io.rollcall.connector.flow.connection.ConnectionLifecycle.Settings;
import io.rollcall.connector.flow.connection.Refused;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.SourceId;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Event;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What people do with a connection while Kafka fails now and then. */
class LifecycleTests {

	private final Scene scene = new Scene(1);

	private final ConnectionId id = this.scene.connection;

	private final Set<String> events = new LinkedHashSet<>();

	private final List<Hint> hints = new ArrayList<>();

	private boolean eventsFail;

	private boolean hintsFail;

	private Ports ports;

	private ConnectionLifecycle lifecycle;

	@BeforeEach
	void start() {
		this.ports = this.scene.shared().bean(Ports.class);
		this.lifecycle = lifecycle(this.ports.connections());
		this.lifecycle.create(this.id, settings());
	}

	private ConnectionLifecycle lifecycle(Connections connections) {
		return new ConnectionLifecycle(new Ports(connections, this.ports.sources(), this.ports.states(),
				this.ports.tenants(), this.ports.subscriptions(), new FailingPublications(), this.ports.wanted(),
				new FailingHints(), this.ports.deadLetters()), (_) -> {
				}, Duration.ofMinutes(30), "custom", InstantSource.system());
	}

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void activatesAConnectionWhoseRulesWerePublishedMeanwhile() {
		Needs published = new Needs(7, List.of("jobTitle"), List.of());
		lifecycle(justBeforeAReplacement((there) -> this.ports.connections().needs(there.id(), published)))
			.activate(this.id, "me");
		assertThat(this.lifecycle.find(this.id)).returns(ConnectionStatus.ACTIVE, Connection::status)
			.returns(published, Connection::needs);
	}

	@Test
	void refusesToActivateAConnectionThatSomebodyElseHasChangedMeanwhile() {
		ConnectionLifecycle other = lifecycle(justBeforeAReplacement((there) -> this.ports.connections()
			.replace(there, there.with(ConnectionStatus.DRAFT, there.updatedAt().plusSeconds(1)))));
		assertThatExceptionOfType(Refused.class).isThrownBy(() -> other.activate(this.id, "me"))
			.withMessageContaining("Somebody else has just changed");
		assertThat(this.lifecycle.find(this.id).status()).isEqualTo(ConnectionStatus.DRAFT);
	}

	/**
	 * The stored connections; once, others do something between reading and replacing.
	 */
	private Connections justBeforeAReplacement(Consumer<Connection> others) {
		AtomicBoolean done = new AtomicBoolean();
		return (Connections) Proxy.newProxyInstance(LifecycleTests.class.getClassLoader(),
				new Class<?>[] { Connections.class }, (_, method, arguments) -> {
					if (method.getName().equals("replace") && done.compareAndSet(false, true)) {
						others.accept((Connection) arguments[0]);
					}
					return method.invoke(this.ports.connections(), arguments);
				});
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void tellsOfAnActivationAndAPauseWhenTheyAreRepeated(boolean hintFails) {
		int before = touches();
		failing(hintFails, () -> this.lifecycle.activate(this.id, "me"));
		this.lifecycle.activate(this.id, "me");
		this.lifecycle.activate(this.id, "me");
		assertThat(touches()).isEqualTo(before + 2);
		assertThat(of(RunEvent.ConnectionActivated.class)).hasSize(1);
		failing(hintFails, () -> this.lifecycle.pause(this.id, "me"));
		this.lifecycle.pause(this.id, "me");
		this.lifecycle.pause(this.id, "me");
		assertThat(touches()).isEqualTo(before + 4);
		assertThat(of(RunEvent.ConnectionStopped.class)).hasSize(1);
		assertThat(of(Progress.ConnectionChanged.class)).hasSize(3);
	}

	@Test
	void tellsOfWhatIsConfiguredAtTheNextStart() {
		failing(false, () -> this.lifecycle.ensure(this.id, settings()));
		failing(true, () -> this.lifecycle.ensure(this.id, settings()));
		this.lifecycle.ensure(this.id, settings());
		assertThat(of(RunEvent.ConnectionActivated.class)).hasSize(1);
		assertThat(touches()).isPositive();
	}

	@Test
	void leavesAConnectionPausedThatConfigurationWantsActive() {
		this.lifecycle.activate(this.id, "me");
		this.lifecycle.pause(this.id, "me");
		assertThat(this.lifecycle.ensure(this.id, settings()).isRead()).isFalse();
	}

	@Test
	void handsWhatRulesNeedToTheOwnerWhenTheyComeAgainAndKeepsTheNewest() {
		this.lifecycle.activate(this.id, "me");
		RulesPublished rules = new RulesPublished(new OrganizationId("acme"), this.id, 2, List.of("city"), List.of(),
				InstantSource.system().instant());
		int before = touches();
		failing(true, () -> this.lifecycle.needs(rules));
		this.lifecycle.needs(rules);
		this.lifecycle.needs(new RulesPublished(rules.organization(), this.id, 1, List.of(), List.of(), rules.at()));
		assertThat(touches()).isEqualTo(before + 2);
		assertThat(this.ports.connections().find(this.id).selection().users()).contains("city", "displayName");
	}

	@Test
	void leavesTheManualRunToBeAskedForAgainWhenItCouldNotBePublished() {
		this.lifecycle.activate(this.id, "me");
		failing(true, () -> this.lifecycle.requestRun(this.id, RunMode.DELTA, "me"));
		this.lifecycle.requestRun(this.id, RunMode.DELTA, "me");
		assertThat(this.hints).last().isInstanceOf(Hint.RunRequested.class);
	}

	@Test
	void movesNoConnectionToAnotherTenantOrOrganization() {
		for (Settings moved : List.of(new Settings("acme", "Acme", "other", Simulator.APP, null, null, null),
				new Settings("other", "Acme", this.scene.tenant, Simulator.APP, null, null, null))) {
			assertThatExceptionOfType(Refused.class).isThrownBy(() -> this.lifecycle.change(this.id, moved));
		}
	}

	/**
	 * As in a packed application, where the loader of a thread need not see what the
	 * application brought.
	 */
	@Test
	void triesACredentialOnAThreadWhoseClassLoaderSeesNothingOfTheApplication() throws Exception {
		ConnectionId other = new ConnectionId(this.id + "-other");
		List<Throwable> thrown = new ArrayList<>();
		Thread thread = Thread.ofVirtual().unstarted(() -> {
			Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
			try {
				this.lifecycle.create(other, settings());
				assertThat(Thread.currentThread().getContextClassLoader())
					.isEqualTo(ClassLoader.getPlatformClassLoader());
				assertThatExceptionOfType(Refused.class)
					.isThrownBy(() -> this.lifecycle.change(other, new Settings("acme", "Acme", this.scene.tenant,
							Simulator.APP, Credential.secret(new Secret("wrong")), null, null)));
			}
			catch (Throwable ex) {
				thrown.add(ex);
			}
		});
		thread.start();
		assertThat(thread.join(Duration.ofSeconds(30))).isTrue();
		assertThat(thrown).isEmpty();
	}

	private void failing(boolean hintFails, Runnable act) {
		this.hintsFail = hintFails;
		this.eventsFail = !hintFails;
		assertThatIllegalStateException().isThrownBy(act::run).withMessage("Kafka is away");
		this.hintsFail = false;
		this.eventsFail = false;
	}

	private List<String> of(Class<? extends Event> type) {
		return this.events.stream().filter((event) -> event.startsWith(type.getSimpleName())).toList();
	}

	private int touches() {
		return (int) this.hints.stream().filter(Hint.ConnectionTouched.class::isInstance).count();
	}

	private Settings settings() {
		return new Settings("acme", "Acme", this.scene.tenant, Simulator.APP,
				Credential.secret(new Secret(Simulator.SECRET)), null, null);
	}

	/** What is told is kept here, if it does not fail. */
	private final class FailingPublications implements Publications {

		@Override
		public void publish(String topic, List<? extends Observation.OfPartition> records) {
			throw new UnsupportedOperationException();
		}

		@Override
		public int partitionOf(String key) {
			return 0;
		}

		@Override
		public void publish(String event, RunEvent content) {
			keep(event, content);
		}

		@Override
		public void publish(String event, Progress content) {
			keep(event, content);
		}

		private void keep(String event, Event content) {
			if (LifecycleTests.this.eventsFail) {
				throw new IllegalStateException("Kafka is away");
			}
			LifecycleTests.this.events.add(content.getClass().getSimpleName() + " " + event);
		}

	}

	/** Hints that are kept here, if they do not fail. */
	private final class FailingHints implements Hints {

		@Override
		public void publish(List<Hint> published) {
			if (LifecycleTests.this.hintsFail) {
				throw new IllegalStateException("Kafka is away");
			}
			LifecycleTests.this.hints.addAll(published);
		}

		@Override
		public int partitionOf(SourceId source) {
			return 0;
		}

	}

}
