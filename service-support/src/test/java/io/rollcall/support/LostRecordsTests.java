package io.rollcall.support;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.rollcall.embedded.EmbeddedKafka;
import io.rollcall.embedded.EmbeddedMongo;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.EventFormat.Reading;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent.FreshnessRestored;
import io.rollcall.support.kafka.AfterLoss;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.LostRecords;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** A service that comes back when its topic no longer has what it has not read. */
@ExtendWith(OutputCaptureExtension.class)
class LostRecordsTests {

	private static final String GROUP = "rollcall-probe";

	private static final Duration LONG = Duration.ofSeconds(60);

	@TempDir
	Path folder;

	private final Losses losses = new Losses();

	private EmbeddedKafka kafka;

	private EmbeddedMongo mongo;

	private Admin admin;

	private KafkaProducer<byte[], byte[]> producer;

	private ConfigurableApplicationContext service;

	private ProbeApplication probe;

	private TopicPartition partition;

	@BeforeEach
	void start() throws Exception {
		this.kafka = EmbeddedKafka.startIn(this.folder.resolve("kafka"));
		this.mongo = EmbeddedMongo.startIn(this.folder.resolve("mongo"));
		Map<String, Object> brokers = Map.of("bootstrap.servers", this.kafka.bootstrapServers());
		this.admin = Admin.create(brokers);
		this.producer = new KafkaProducer<>(brokers, new ByteArraySerializer(), new ByteArraySerializer());
		startService();
		await().atMost(LONG).until(() -> this.admin.listTopics().names().get().contains(Topics.RUNS));
		this.partition = new TopicPartition(Topics.RUNS, publish(0));
		await().atMost(LONG).until(() -> committed() == 1);
	}

	@AfterEach
	void stop() {
		this.service.close();
		this.producer.close();
		this.admin.close();
		this.mongo.close();
		this.kafka.close();
	}

	@Test
	void tellsBeforeTheFirstRecordThatIsLeft(CapturedOutput output) throws Exception {
		this.service.close();
		publish(1, 2, 3);
		delete(3);
		startService();
		await().atMost(LONG).until(() -> applied().equals(List.of("3")));
		assertThat(this.losses.told).singleElement().satisfies((lost) -> {
			assertThat(lost.group()).isEqualTo(GROUP);
			assertThat(lost.topic()).isEqualTo(Topics.RUNS);
			assertThat(lost.partition()).isEqualTo(this.partition.partition());
			assertThat(lost.from()).isEqualTo(1);
			assertThat(lost.to()).isEqualTo(3);
			assertThat(lost.count()).isEqualTo(2);
		});
		assertThat(this.losses.appliedBefore).containsExactly(0);
		assertThat(output).containsOnlyOnce("2 offsets of " + this.partition
				+ " from offset 1 up to 3 were deleted before group rollcall-probe had read them. The probe knows.");
		assertThat(output.getOut().lines().filter((line) -> line.contains("The probe knows."))).singleElement()
			.asString()
			.contains("ERROR");
	}

	@Test
	void triesAgainWhenTellingFailsAndReadsAndCommitsNothingBefore() throws Exception {
		this.service.close();
		publish(1, 2, 3);
		delete(3);
		this.losses.failuresToCome.set(Integer.MAX_VALUE);
		startService();
		await().atMost(LONG).until(() -> this.losses.attempts.get() >= 3);
		publish(onAnotherPartition(), 4);
		await().atMost(LONG).until(() -> applied().equals(List.of("4")));
		assertThat(committed()).isEqualTo(1);
		// As if it had died: what was not told is not forgotten.
		this.service.close();
		startService();
		int before = this.losses.attempts.get();
		await().atMost(LONG).until(() -> this.losses.attempts.get() > before);
		assertThat(committed()).isEqualTo(1);
		assertThat(applied()).isEmpty();
		this.losses.failuresToCome.set(0);
		await().atMost(LONG).until(() -> applied().equals(List.of("3")));
		assertThat(this.losses.told).extracting(LostRecords::from, LostRecords::to).containsExactly(tuple(1L, 3L));
		await().atMost(LONG).until(() -> committed() == 4);
	}

	@Test
	void tellsOnceOfALossBehindWhichNothingHasComeYet() throws Exception {
		this.service.close();
		publish(1, 2);
		delete(3);
		startService();
		await().atMost(LONG).until(() -> committed() == 3);
		this.service.close();
		startService();
		publish(3);
		await().atMost(LONG).until(() -> applied().equals(List.of("3")));
		assertThat(this.losses.told).hasSize(1);
	}

	@Test
	void tellsAGroupWhoseCommitIsForgotten() throws Exception {
		this.service.close();
		publish(1, 2, 3);
		delete(2);
		this.admin.deleteConsumerGroups(List.of(GROUP)).all().get();
		startService();
		await().atMost(LONG).until(() -> applied().equals(List.of("2", "3")));
		assertThat(this.losses.told).extracting(LostRecords::from, LostRecords::to).containsExactly(tuple(0L, 2L));
	}

	@Test
	void noticesThatTheLogOvertookAConsumerThatIsStuck() throws Exception {
		this.probe.failuresToCome.set(Integer.MAX_VALUE);
		publish(1, 2);
		await().atMost(LONG).until(() -> this.probe.failuresToCome.get() < Integer.MAX_VALUE - 1);
		publish(3, 4);
		delete(4);
		await().atMost(LONG).until(() -> !this.losses.told.isEmpty());
		assertThat(committed()).isBetween(1L, 4L);
		this.probe.failuresToCome.set(0);
		await().atMost(LONG).until(() -> applied().equals(List.of("0", "4")));
		assertThat(this.losses.told).extracting(LostRecords::from, LostRecords::to).containsExactly(tuple(1L, 4L));
	}

	@Test
	void hasNothingToTellOfWhatWasReadBeforeItWasDeleted() throws Exception {
		publish(1, 2);
		await().atMost(LONG).until(() -> committed() == 3);
		delete(3);
		publish(3);
		await().atMost(LONG).until(() -> committed() == 4);
		this.service.close();
		startService();
		publish(4);
		await().atMost(LONG).until(() -> applied().equals(List.of("4")));
		assertThat(this.losses.told).isEmpty();
	}

	private void startService() {
		this.service = new SpringApplicationBuilder(ProbeApplication.class)
			.initializers((context) -> ((GenericApplicationContext) context).registerBean("losses", Losses.class,
					() -> this.losses))
			.properties("spring.config.name=probe-service", "server.port=0",
					"rollcall.kafka.brokers=" + this.kafka.bootstrapServers(),
					"rollcall.mongodb.uri=" + this.mongo.uri())
			.run();
		this.probe = this.service.getBean(ProbeApplication.class);
		this.losses.applied = this.probe.applied;
	}

	private List<String> applied() {
		return this.probe.applied.stream().map((record) -> ((Reading.Known) record.reading()).envelope().id()).toList();
	}

	private long committed() throws Exception {
		OffsetAndMetadata offset = this.admin.listConsumerGroupOffsets(GROUP)
			.partitionsToOffsetAndMetadata()
			.get()
			.get(this.partition);
		return (offset != null) ? offset.offset() : -1;
	}

	/** As retention does it. */
	private void delete(long before) throws Exception {
		this.admin.deleteRecords(Map.of(this.partition, RecordsToDelete.beforeOffset(before))).all().get();
	}

	private int publish(int... numbers) throws Exception {
		int partition = -1;
		for (int number : numbers) {
			partition = publish("c1", number);
		}
		return partition;
	}

	private String onAnotherPartition() {
		return IntStream.iterate(2, (number) -> number + 1)
			.mapToObj((number) -> "c" + number)
			.filter((key) -> BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8),
					Topics.PARTITIONS) != this.partition.partition())
			.findFirst()
			.orElseThrow();
	}

	private int publish(String connection, int number) throws Exception {
		return this.producer
			.send(EventPublisher.record(Topics.RUNS, null,
					Envelope.of(Integer.toString(number), "/test", Instant.EPOCH, new FreshnessRestored(
							new OrganizationId("acme"), new ConnectionId(connection), Instant.EPOCH))))
			.get()
			.partition();
	}

	/** Notes what it is told, unless it fails. */
	private static final class Losses implements AfterLoss {

		private final AtomicInteger failuresToCome = new AtomicInteger();

		private final AtomicInteger attempts = new AtomicInteger();

		private final List<LostRecords> told = new CopyOnWriteArrayList<>();

		private final List<Integer> appliedBefore = new CopyOnWriteArrayList<>();

		private volatile List<?> applied = List.of();

		@Override
		public String topic() {
			return Topics.RUNS;
		}

		@Override
		public String meaning() {
			return "The probe knows.";
		}

		@Override
		public Mono<Void> recover(LostRecords lost, ConsumerGroupMetadata reader) {
			return Mono.fromRunnable(() -> {
				this.attempts.incrementAndGet();
				if (this.failuresToCome.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
					throw new IllegalStateException("nobody can be told");
				}
				this.appliedBefore.add(this.applied.size());
				this.told.add(lost);
			});
		}

	}

}
