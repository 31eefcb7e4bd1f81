package io.rollcall.reconciler;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Sequence;
import io.rollcall.model.SourceId;
import io.rollcall.model.change.Change;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.AccountsAndTeams;
import io.rollcall.reconciler.flow.apply.DecisionInputs;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.kafka.ApplyListener;
import io.rollcall.reconciler.mongo.MongoPorts;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.ListenerContainers;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.BeanPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance that Kafka has taken its partitions from in the middle of a batch, and that
 * does not know it yet.
 */
class FencedInstancesTests {

	private static final Duration SESSION = Duration.ofSeconds(6);

	private static final String GROUP = "rollcall-reconciler";

	private static final OrganizationId ORGANIZATION = new OrganizationId("org");

	private static final ConnectionId CONNECTION = new ConnectionId("con");

	private static final int PARTITION = EventPublisher.partitionOf(Observation.keyOf(CONNECTION, new ObjectId("ada")));

	private PrivateKafka kafka;

	private Admin admin;

	private MongoPorts ports;

	private String database;

	private long sequence;

	@BeforeEach
	void start() {
		this.kafka = PrivateKafka.start();
		this.admin = Admin.create(Map.of("bootstrap.servers", this.kafka.bootstrapServers()));
		this.database = RealServices.freshMongoDatabase("fenced-instances-tests");
		this.ports = MongoPorts.at(RealServices.mongoUri(), this.database);
	}

	@AfterEach
	void stop() {
		this.ports.close();
		this.admin.close();
		this.kafka.close();
	}

	/**
	 * F17: what was written and not published when the fence came is told by redelivery.
	 */
	@Test
	void aBatchThatIsFencedBetweenItsWriteAndItsPublicationIsToldOnceByWhoeverComesNext() {
		AtomicBoolean fenced = new AtomicBoolean();
		try (RunningReconciler reconciler = instance(AccountsAndTeams.class, (accounts) -> (some, teams) -> {
			accounts.write(some, teams);
			if (some.stream().anyMatch((stored) -> stored.account().name().equals("Ada L."))
					&& fenced.compareAndSet(false, true)) {
				fence();
				throw new IllegalStateException("fenced");
			}
		}); Topic changes = new Topic(this.kafka.bootstrapServers(), Topics.CHANGES)) {
			says(reconciler, "Ada");
			awaitAccount("Ada");
			says(reconciler, "Ada L.");
			awaitCommitted(2);
			assertThat(fenced).isTrue();
			says(reconciler, "Ada B.");
			awaitCommitted(3);
			Map<Long, Change> told = new LinkedHashMap<>();
			Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
				changes.events()
					.stream()
					.map((envelope) -> (Change) envelope.event())
					.forEach((change) -> told.putIfAbsent(change.version(), change));
				assertThat(told.keySet()).containsExactly(1L, 2L, 3L);
			});
			assertThat(told.values()).extracting(Change::name).containsExactly("Ada", "Ada L.", "Ada B.");
			assertThat(account().version()).isEqualTo(3);
		}
	}

	/** F21: who decides nothing new fences nobody, so a batch that is too old stops. */
	@Test
	void whoeverWakesInAnotherGenerationWritesNothingOfWhatItReadBefore() throws InterruptedException {
		CountDownLatch frozen = new CountDownLatch(1);
		CountDownLatch wakes = new CountDownLatch(1);
		AtomicBoolean first = new AtomicBoolean(true);
		AtomicBoolean freezes = new AtomicBoolean();
		CountDownLatch polledAgain = new CountDownLatch(1);
		try (RunningReconciler reconciler = instance(DecisionInputs.class, (inputs) -> (wanted) -> {
			DecisionInputs.Found found = inputs.read(wanted);
			if (freezes.get() && first.compareAndSet(true, false)) {
				frozen.countDown();
				await(wakes);
			}
			else if (wakes.getCount() == 0) {
				polledAgain.countDown();
			}
			return found;
		})) {
			says(reconciler, "Ada");
			awaitAccount("Ada");
			awaitCommitted(1);
			freezes.set(true);
			says(reconciler, "Bad");
			assertThat(frozen.await(30, TimeUnit.SECONDS)).isTrue();
			Instant since = Instant.now();
			says(reconciler, "Ada");
			fence();
			try (RunningReconciler next = instance(DecisionInputs.class, UnaryOperator.identity())) {
				awaitCommitted(3);
				assertThat(account().version()).isEqualTo(1);
				// Kafka gives nobody else the partitions before the session is over.
				Awaitility.await()
					.atMost(Duration.ofSeconds(10))
					.until(() -> Duration.between(since, Instant.now()).toMillis() > SESSION.toMillis());
			}
			wakes.countDown();
			says(reconciler, "Ada");
			assertThat(polledAgain.await(60, TimeUnit.SECONDS)).isTrue();
			awaitCommitted(4);
			assertThat(account()).returns("Ada", Account::name).returns(1L, Account::version);
		}
	}

	/** With one consumer, whose session is as short as the broker allows. */
	private <T> RunningReconciler instance(Class<T> port, UnaryOperator<T> wrapped) {
		RunningReconciler started = RunningReconciler.start(this.kafka.bootstrapServers(), RealServices.mongoUri(),
				this.database, (context) -> context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {

					@Override
					public Object postProcessAfterInitialization(Object bean, String name) {
						if (name.equals("applyContainer")) {
							return (SmartInitializingSingleton) () -> context.getBean(ApplyListener.class)
								.join(context.getBean(ListenerContainers.class), 1, SESSION);
						}
						return port.isInstance(bean) ? wrapped.apply(port.cast(bean)) : bean;
					}

				}));
		this.ports.save(new Connection(CONNECTION, ORGANIZATION, new SourceId("cloud/tenant/app"), "Contoso",
				ConnectionStatus.ACTIVE, Rules.standard(), false, Set.of()));
		return started;
	}

	private void fence() {
		try {
			this.admin.removeMembersFromConsumerGroup(GROUP, new RemoveMembersFromConsumerGroupOptions()).all().get();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			if (!latch.await(60, TimeUnit.SECONDS)) {
				throw new AssertionError("nobody woke it");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void says(RunningReconciler reconciler, String name) {
		Cell cell = new Cell.ObjectRead(0, new ObjectId("ada"), ObjectKind.USER,
				new Attributes(Map.of("userPrincipalName", "ada@x.org", "displayName", name, "accountEnabled", true)),
				null);
		Observation observed = new Observation.CellsObserved(ORGANIZATION, CONNECTION, new SourceId("cloud/tenant/app"),
				new Sequence(++this.sequence), PARTITION, null, Rules.standard().userAttributes(), List.of(cell));
		reconciler.bean(EventPublisher.class)
			.publishAll(List.of(EventPublisher.record(Topics.OBSERVATIONS, PARTITION,
					Envelope.of("o" + this.sequence, "/test", Instant.EPOCH, observed))))
			.join();
	}

	private Account account() {
		return this.ports.accounts(ORGANIZATION).stream().map(StoredAccount::account).findFirst().orElseThrow();
	}

	private void awaitAccount(String name) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> account().name().equals(name));
	}

	private void awaitCommitted(long offset) {
		TopicPartition partition = new TopicPartition(Topics.OBSERVATIONS, PARTITION);
		Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
			OffsetAndMetadata committed = this.admin.listConsumerGroupOffsets(GROUP)
				.partitionsToOffsetAndMetadata()
				.get()
				.get(partition);
			assertThat(committed).isNotNull();
			assertThat(committed.offset()).isEqualTo(offset);
		});
	}

}
