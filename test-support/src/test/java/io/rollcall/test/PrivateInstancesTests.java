package io.rollcall.test;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.apache.kafka.clients.admin.Admin;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PrivateInstancesTests {

	@Test
	void kafkaGoesAwayAndComesBack() throws Exception {
		try (PrivateKafka kafka = PrivateKafka.start()) {
			Map<String, Object> settings = Map.of("bootstrap.servers", kafka.bootstrapServers(),
					"default.api.timeout.ms", "2000", "request.timeout.ms", "1000");
			kafka.stop();
			try (Admin admin = Admin.create(settings)) {
				assertThatThrownBy(() -> admin.listTopics().names().get()).hasMessageContaining("Timed out");
			}
			kafka.startAgain();
			try (Admin admin = Admin.create(settings)) {
				assertThat(admin.listTopics().names().get()).isEmpty();
			}
		}
	}

	@Test
	void mongoGoesAwayAndComesBack() {
		try (PrivateMongo mongo = PrivateMongo.start();
				MongoClient client = MongoClients.create(mongo.uri() + "&serverSelectionTimeoutMS=500")) {
			client.getDatabase("test").getCollection("people").insertOne(new Document("_id", "Ada"));
			mongo.stop();
			assertThatThrownBy(() -> client.getDatabase("test")
				.withTimeout(2, TimeUnit.SECONDS)
				.getCollection("people")
				.countDocuments()).isInstanceOf(Exception.class);
			mongo.startAgain();
			try (MongoClient again = MongoClients.create(mongo.uri())) {
				assertThat(again.getDatabase("test").getCollection("people").countDocuments()).isEqualTo(1);
			}
		}
	}

}
