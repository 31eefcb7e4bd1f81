package io.rollcall.embedded;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedKafkaTests {

	@TempDir
	Path folder;

	@Test
	void keepsRecordsAndItsAddressThroughAStopAndAStart() throws Exception {
		try (EmbeddedKafka kafka = EmbeddedKafka.startIn(this.folder)) {
			String address = kafka.bootstrapServers();
			createTopic(kafka, "people");
			send(kafka, "people", "Ada");
			kafka.stop();
			assertThat(kafka.isRunning()).isFalse();
			kafka.start();
			assertThat(kafka.bootstrapServers()).isEqualTo(address);
			send(kafka, "people", "Grace");
			assertThat(read(kafka, "people", 2)).containsExactly("Ada", "Grace");
		}
	}

	@Test
	void resumesInAnotherInstanceFromTheSameFolder() throws Exception {
		try (EmbeddedKafka kafka = EmbeddedKafka.startIn(this.folder)) {
			createTopic(kafka, "people");
			send(kafka, "people", "Ada");
		}
		try (EmbeddedKafka kafka = EmbeddedKafka.startIn(this.folder)) {
			assertThat(read(kafka, "people", 1)).containsExactly("Ada");
		}
	}

	@Test
	void commitsTransactionsWithASingleReplica() throws Exception {
		try (EmbeddedKafka kafka = EmbeddedKafka.startIn(this.folder)) {
			createTopic(kafka, "people");
			try (KafkaProducer<String, String> producer = producer(kafka, Map.of("transactional.id", "writer"))) {
				producer.initTransactions();
				producer.beginTransaction();
				producer.send(new ProducerRecord<>("people", "aborted"));
				producer.abortTransaction();
				producer.beginTransaction();
				producer.send(new ProducerRecord<>("people", "committed"));
				producer.commitTransaction();
			}
			assertThat(read(kafka, "people", 1)).containsExactly("committed");
		}
	}

	@Test
	void createsNoTopicByItself() throws Exception {
		try (EmbeddedKafka kafka = EmbeddedKafka.startIn(this.folder);
				KafkaProducer<String, String> producer = producer(kafka, Map.of("max.block.ms", "1500"))) {
			assertThatThrownBy(() -> producer.send(new ProducerRecord<>("unknown", "x")).get())
				.isInstanceOf(ExecutionException.class)
				.cause()
				.isInstanceOfAny(TimeoutException.class, UnknownTopicOrPartitionException.class);
		}
	}

	@Test
	void namesThePortThatIsTaken() throws Exception {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertThatThrownBy(() -> EmbeddedKafka.startIn(this.folder, other.getLocalPort()))
				.isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("Port " + other.getLocalPort())
				.hasMessageContaining("choose another port");
		}
	}

	@Test
	void namesTheFolderThatAnotherBrokerUses() {
		try (EmbeddedKafka first = EmbeddedKafka.startIn(this.folder)) {
			assertThat(first.isRunning()).isTrue();
			assertThatThrownBy(() -> EmbeddedKafka.startIn(this.folder)).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("is used by another Rollcall");
		}
	}

	private static void createTopic(EmbeddedKafka kafka, String topic) throws Exception {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
			admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
		}
	}

	private static void send(EmbeddedKafka kafka, String topic, String value) throws Exception {
		try (KafkaProducer<String, String> producer = producer(kafka, Map.of())) {
			producer.send(new ProducerRecord<>(topic, value)).get();
		}
	}

	private static KafkaProducer<String, String> producer(EmbeddedKafka kafka, Map<String, Object> more) {
		Map<String, Object> settings = new java.util.HashMap<>(more);
		settings.put("bootstrap.servers", kafka.bootstrapServers());
		return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
	}

	private static List<String> read(EmbeddedKafka kafka, String topic, int atLeast) {
		List<String> values = new ArrayList<>();
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
				Map.of("bootstrap.servers", kafka.bootstrapServers(), "group.id", "reader", "auto.offset.reset",
						"earliest", "isolation.level", "read_committed"),
				new StringDeserializer(), new StringDeserializer())) {
			consumer.subscribe(List.of(topic));
			long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
			while (values.size() < atLeast && System.nanoTime() < end) {
				consumer.poll(Duration.ofMillis(200)).forEach((record) -> values.add(record.value()));
			}
		}
		return values;
	}

}
