package io.rollcall.reconciler.kafka.projection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.change.Cause;
import io.rollcall.model.change.Change;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.Topic;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.flow.projection.Projection;
import io.rollcall.reconciler.mongo.projection.MongoCurrentStates;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;
import io.rollcall.support.kafka.ContainerFailures;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.FailingPartitions;
import io.rollcall.support.kafka.KafkaSettings;
import io.rollcall.test.PrivateKafka;
import io.rollcall.test.RealServices;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A projection that was held up and has lost its partitions cannot leave an old state
 * last.
 */
class ZombieTests {

	private static final OrganizationId ACME = new OrganizationId("acme");

	private static final AccountId ADA = new AccountId("ada");

	private static final Duration LONG = Duration.ofSeconds(60);

	/** Longer than the pause between two heartbeats, which tell of a rebalance. */
	private static final Duration LONGEST_BATCH = Duration.ofSeconds(6);

	private final CountDownLatch held = new CountDownLatch(1);

	private final CountDownLatch released = new CountDownLatch(1);

	@Test
	void whoeverLostItsPartitionsCannotCommitWhatItReadBefore() throws Exception {
		String name = RealServices.freshMongoDatabase("zombie-tests");
		try (PrivateKafka kafka = PrivateKafka.start();
				Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
				MongoClient client = MongoClients.create(RealServices.mongoUri())) {
			admin.createTopics(List.of(topic(Topics.CHANGES), topic(Topics.ACCOUNTS), topic(Topics.TEAMS))).all().get();
			MongoDatabase database = client.getDatabase(name);
			store(database, 1);
			publish(kafka, 1);
			ProjectionContainer zombie = projection(kafka, database, this::holdUp);
			ProjectionContainer successor = projection(kafka, database, CrashPoints.NONE);
			try (Topic accounts = new Topic(kafka.bootstrapServers(), Topics.ACCOUNTS)) {
				zombie.start();
				assertThat(this.held.await(60, TimeUnit.SECONDS)).as("the first has read the old state").isTrue();
				store(database, 2);
				publish(kafka, 2);
				successor.start();
				Awaitility.await().atMost(LONG).until(() -> versions(accounts).contains(2L));
				this.released.countDown();
				// It asks for partitions again only when its batch has ended, one way or
				// the other.
				Awaitility.await().atMost(LONG).until(() -> members(admin) == 2 || versions(accounts).contains(1L));
				assertThat(versions(accounts)).endsWith(2L).doesNotContain(1L);
			}
			finally {
				this.released.countDown();
				zombie.stop();
				successor.stop();
			}
		}
	}

	/** Changes were deleted before they were projected, so all is projected again. */
	@Test
	void whoeverLostItsPartitionsCannotCommitWhatItProjectsAgain() throws Exception {
		String name = RealServices.freshMongoDatabase("zombie-tests");
		try (PrivateKafka kafka = PrivateKafka.start();
				Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
				MongoClient client = MongoClients.create(RealServices.mongoUri())) {
			admin.createTopics(List.of(topic(Topics.CHANGES), topic(Topics.ACCOUNTS), topic(Topics.TEAMS))).all().get();
			MongoDatabase database = client.getDatabase(name);
			store(database, 1);
			publish(kafka, 1);
			deleteChanges(admin);
			ProjectionContainer zombie = projection(kafka, database, this::holdUpOnce);
			ProjectionContainer successor = projection(kafka, database, CrashPoints.NONE);
			try (Topic accounts = new Topic(kafka.bootstrapServers(), Topics.ACCOUNTS)) {
				zombie.start();
				assertThat(this.held.await(60, TimeUnit.SECONDS)).as("the first has read the old state").isTrue();
				store(database, 2);
				successor.start();
				Awaitility.await().atMost(LONG).until(() -> versions(accounts).contains(2L));
				this.released.countDown();
				Awaitility.await().atMost(LONG).until(() -> aborted(admin) || versions(accounts).contains(1L));
				assertThat(versions(accounts)).endsWith(2L).doesNotContain(1L);
			}
			finally {
				this.released.countDown();
				zombie.stop();
				successor.stop();
			}
		}
	}

	/** As when a transaction took too long because the brokers were away. */
	@Test
	void aFencedProjectionLosesNoChange() throws Exception {
		String name = RealServices.freshMongoDatabase("zombie-tests");
		try (PrivateKafka kafka = PrivateKafka.start();
				Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
				MongoClient client = MongoClients.create(RealServices.mongoUri())) {
			admin.createTopics(List.of(topic(Topics.CHANGES), topic(Topics.ACCOUNTS), topic(Topics.TEAMS))).all().get();
			MongoDatabase database = client.getDatabase(name);
			store(database, 1);
			publish(kafka, 1);
			ProjectionContainer fenced = projection(kafka, database, (step) -> fenceOnce(admin));
			try (Topic accounts = new Topic(kafka.bootstrapServers(), Topics.ACCOUNTS)) {
				fenced.start();
				assertThat(this.held.await(60, TimeUnit.SECONDS)).as("it was fenced in its batch").isTrue();
				Awaitility.await().atMost(LONG).until(() -> versions(accounts).contains(1L));
			}
			finally {
				fenced.stop();
			}
		}
	}

	private void fenceOnce(Admin admin) {
		if (this.held.getCount() > 0) {
			try {
				admin.fenceProducers(
						admin.listTransactions().all().get().stream().map(TransactionListing::transactionalId).toList())
					.all()
					.get();
			}
			catch (InterruptedException | ExecutionException ex) {
				throw new IllegalStateException(ex);
			}
			this.held.countDown();
		}
	}

	private void holdUpOnce(CrashPoints.Step step) {
		if (this.held.getCount() > 0) {
			holdUp(step);
		}
	}

	private void holdUp(CrashPoints.Step step) {
		this.held.countDown();
		try {
			if (!this.released.await(2, TimeUnit.MINUTES)) {
				throw new IllegalStateException("nobody let go");
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean aborted(Admin admin) throws Exception {
		return admin.listTransactions()
			.all()
			.get()
			.stream()
			.anyMatch((transaction) -> transaction.state() == TransactionState.COMPLETE_ABORT);
	}

	/** As retention does it. */
	private static void deleteChanges(Admin admin) throws Exception {
		Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
		for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
			all.put(new TopicPartition(Topics.CHANGES, partition), RecordsToDelete.beforeOffset(-1));
		}
		admin.deleteRecords(all).all().get();
	}

	private static List<Long> versions(Topic accounts) {
		return accounts.events().stream().map((envelope) -> ((State) envelope.event()).version()).toList();
	}

	private static int members(Admin admin) throws Exception {
		ConsumerGroupDescription group = admin.describeConsumerGroups(List.of(StateProjection.GROUP))
			.describedGroups()
			.get(StateProjection.GROUP)
			.get();
		return (group.groupState() == GroupState.STABLE) ? group.members().size() : 0;
	}

	private static ProjectionContainer projection(PrivateKafka kafka, MongoDatabase database, CrashPoints steps) {
		KafkaSettings settings = new KafkaSettings(kafka.bootstrapServers(), (short) 1, Map.of(),
				Duration.ofSeconds(30), List.of());
		return new ProjectionContainer(settings, new ProjectionSettings(1, 100, Duration.ofSeconds(15), LONGEST_BATCH),
				new Projection(new MongoCurrentStates(database), steps), NOBODY_SETS_ASIDE,
				new ContainerFailures(new FailingPartitions(InstantSource.system())), InstantSource.system());
	}

	private static void store(MongoDatabase database, long version) {
		Document account = new Document("_id", ACME + ":" + ADA).append("organization", ACME.value())
			.append("account", ADA.value())
			.append("status", "ACTIVE")
			.append("version", version)
			.append("updatedAt", Date.from(Instant.EPOCH));
		Mono.from(database.getCollection("accounts")
			.replaceOne(Filters.eq("_id", account.get("_id")), account, new ReplaceOptions().upsert(true))).block();
	}

	private static void publish(PrivateKafka kafka, long version) throws Exception {
		Change change = new Change.AccountReactivated(ACME, ADA, "Ada", version, 0,
				new Cause(new ConnectionId("c1"), null, "she is back", 1, null), Instant.EPOCH);
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", kafka.bootstrapServers()), new ByteArraySerializer(),
				new ByteArraySerializer())) {
			producer
				.send(EventPublisher.record(Topics.CHANGES, null,
						Envelope.of(change.id(), "/test", Instant.EPOCH, change)))
				.get();
		}
	}

	private static NewTopic topic(String name) {
		return new NewTopic(name, Topics.PARTITIONS, (short) 1);
	}

	private static final DeadLetters NOBODY_SETS_ASIDE = new DeadLetters() {

		@Override
		public Mono<Void> save(DeadLetter letter) {
			return Mono.error(new AssertionError("nothing is bad: " + letter));
		}

		@Override
		public Flux<DeadLetter> newest(int limit) {
			return Flux.empty();
		}

		@Override
		public Mono<DeadLetter> find(String id) {
			return Mono.empty();
		}

		@Override
		public Mono<Void> remove(String id) {
			return Mono.empty();
		}

	};

}
