package io.rollcall.support;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.LostRecords;
import io.rollcall.support.kafka.OnLoss;
import io.rollcall.support.kafka.TestTopic;
import io.rollcall.test.RealServices;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** A function of the binder whose topic no longer has what it has not read. */
class LostRecordsTests {

	private final TestTopic topic = new TestTopic(1);

	private final List<LostRecords> told = new CopyOnWriteArrayList<>();

	private Probe probe = start();

	@BeforeAll
	static void begin() {
		RealServices.freshMongoDatabase("rollcall-probe");
	}

	@AfterEach
	void stop() {
		this.probe.close();
		this.topic.close();
	}

	@Test
	void beginsAtTheBeginningAndTellsWhatIsLostBeforeTheFirstRecordThatIsLeft() {
		publish(0);
		await().until(() -> committed() == 1);
		assertThat(this.told).isEmpty();
		this.probe.close();
		publishFromElsewhere(1, 2, 3);
		this.topic.deleteBefore(0, 3);
		this.probe = start();
		await().until(() -> this.probe.applied("c").equals(List.of("c:3")));
		assertThat(this.told).extracting(LostRecords::group, LostRecords::from, LostRecords::to)
			.containsExactly(tuple(this.topic.group(), 1L, 3L));
	}

	@Test
	void noticesThatTheLogOvertookAConsumerThatIsStuck() {
		publish(0);
		await().until(() -> committed() == 1);
		this.probe.application().failuresToCome.set(Integer.MAX_VALUE);
		publish(1);
		await().until(() -> this.probe.application().failuresToCome.get() < Integer.MAX_VALUE - 1);
		publish(2);
		this.topic.deleteBefore(0, 2);
		await().until(() -> !this.told.isEmpty());
		this.probe.application().failuresToCome.set(0);
		await().until(() -> this.probe.applied("c").equals(List.of("c:0", "c:2")));
		assertThat(this.told).extracting(LostRecords::from, LostRecords::to).containsExactly(tuple(1L, 2L));
	}

	@Test
	void losesNothingWhereOnlyTheMarkersOfTransactionsAreGone() {
		ProducerRecord<byte[], byte[]> good = good(0);
		Map<String, Object> config = Map.of("bootstrap.servers", RealServices.kafkaBrokers(), "transactional.id",
				this.topic.name());
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config, new ByteArraySerializer(),
				new ByteArraySerializer())) {
			producer.initTransactions();
			producer.beginTransaction();
			ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(this.topic.name(), 0, Probe.bytes("c"),
					good.value());
			good.headers().forEach(record.headers()::add);
			producer.send(record);
			producer.commitTransaction();
		}
		await().until(() -> this.probe.applied("c").equals(List.of("c:0")));
		await().until(() -> committed() == 2);
		this.topic.deleteBefore(0, 2);
		this.probe.close();
		this.probe = start();
		publish(1);
		await().until(() -> this.probe.applied("c").equals(List.of("c:1")));
		assertThat(this.told).isEmpty();
	}

	private Probe start() {
		String binding = "spring.cloud.stream.bindings.runs-in-0.";
		return Probe.start(
				(application) -> application.initializers((context) -> context.getBeanFactory()
					.registerSingleton("losses", new OnLoss(this.topic.name(), this.told::add))),
				RealServices.kafkaBrokers(), RealServices.mongoUri(), binding + "destination=" + this.topic.name(),
				binding + "group=" + this.topic.group());
	}

	private long committed() {
		return this.topic.committed(this.topic.group(), 0);
	}

	private void publish(int number) {
		this.probe.publish(good(number));
	}

	private void publishFromElsewhere(int... numbers) {
		try (var publisher = new EventPublisher(TestTopic.settings())) {
			for (int number : numbers) {
				publisher.publishAll(List.of(good(number))).join();
			}
		}
	}

	private ProducerRecord<byte[], byte[]> good(int number) {
		ProducerRecord<byte[], byte[]> good = Probe.good("c", number);
		return new ProducerRecord<>(this.topic.name(), null, good.key(), good.value(), good.headers());
	}

}
