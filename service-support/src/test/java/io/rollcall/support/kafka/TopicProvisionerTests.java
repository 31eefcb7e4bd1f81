package io.rollcall.support.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.rollcall.model.event.Topics;
import io.rollcall.test.PrivateKafka;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Topics as the table says, on a broker that has others. */
class TopicProvisionerTests {

	private static final String TOPIC = Topics.HINTS;

	private static PrivateKafka kafka;

	private static Admin admin;

	private final AtomicBoolean wanted = new AtomicBoolean(true);

	private final TopicProvisioner provisioner = provisioner();

	@BeforeAll
	static void start() {
		kafka = PrivateKafka.start();
		admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
	}

	@AfterAll
	static void stopAll() {
		admin.close();
		kafka.close();
	}

	@AfterEach
	void stop() throws Exception {
		this.wanted.set(false);
		Set<String> names = admin.listTopics().names().get();
		admin.deleteTopics(names).all().get();
		await().until(() -> admin.listTopics().names().get().isEmpty());
	}

	@Test
	void createsWhatIsMissing() throws Exception {
		assertThat(this.provisioner.provision(this.wanted::get)).isTrue();
		await().ignoreExceptions().until(() -> partitions() == Topics.PARTITIONS);
		await().ignoreExceptions().untilAsserted(() -> assertThat(retention()).isEqualTo("604800000"));
	}

	@Test
	void bringsANewRetentionToATopicThatIsThere() throws Exception {
		create(Topics.PARTITIONS, Map.of("retention.ms", "1000000"));
		assertThat(this.provisioner.provision(this.wanted::get)).isTrue();
		await().ignoreExceptions().untilAsserted(() -> assertThat(retention()).isEqualTo("604800000"));
	}

	@Test
	void refusesATopicWithAnotherNumberOfPartitionsUntilItIsRepaired() throws Exception {
		create(3, Map.of());
		Thread.ofVirtual().start(() -> this.provisioner.provision(this.wanted::get));
		await().until(() -> topics().contains("partitions"));
		assertThat(topics())
			.isEqualTo("Topic rollcall.graph.hints.v1 has 3 partitions and must have 12: the order of its keys depends "
					+ "on it. Delete the topic (its content is lost) or restore its partitions");
		assertThat(this.provisioner.health().getStatus()).isEqualTo(Status.DOWN);
		assertThat(partitions()).isEqualTo(3);
		admin.deleteTopics(List.of(TOPIC)).all().get();
		await().until(() -> this.provisioner.health().getStatus().equals(Status.UP));
		await().ignoreExceptions().until(() -> partitions() == Topics.PARTITIONS);
	}

	private String topics() {
		return String.valueOf(this.provisioner.health().getDetails().get("topics"));
	}

	private static TopicProvisioner provisioner() {
		KafkaSettings settings = new KafkaSettings(kafka.bootstrapServers(), (short) 1, Map.of(),
				Duration.ofSeconds(10));
		return new TopicProvisioner(admin, new KafkaSupportConfiguration().kafkaAdmin(settings),
				TopicTable.topics((short) 1).stream().filter((topic) -> topic.name().equals(TOPIC)).toList());
	}

	private static void create(int partitions, Map<String, String> settings) throws Exception {
		admin.createTopics(List.of(new NewTopic(TOPIC, partitions, (short) 1).configs(settings))).all().get();
		await().until(() -> admin.listTopics().names().get().contains(TOPIC));
	}

	private static int partitions() throws ExecutionException, InterruptedException {
		return admin.describeTopics(List.of(TOPIC)).allTopicNames().get().get(TOPIC).partitions().size();
	}

	private static String retention() throws ExecutionException, InterruptedException {
		ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, TOPIC);
		return admin.describeConfigs(List.of(resource)).all().get().get(resource).get("retention.ms").value();
	}

}
