package io.rollcall.test;

import java.util.List;
import java.util.Map;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.bson.Document;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Passes on whichever is there: containers or embedded. */
class RealServicesTests {

	@Test
	void giveAKafkaThatTakesTopics() throws Exception {
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", RealServices.kafkaBrokers()))) {
			admin.createTopics(List.of(new NewTopic("real-services", 12, (short) 1))).all().get();
			assertThat(admin.listTopics().names().get()).contains("real-services");
		}
	}

	@Test
	void giveAMongoDbThatCommitsTransactions() {
		String database = RealServices.freshMongoDatabase("real-services");
		try (MongoClient client = MongoClients.create(RealServices.mongoUri()); var session = client.startSession()) {
			var people = client.getDatabase(database).getCollection("people");
			session.withTransaction(() -> people.insertOne(session, new Document("_id", "Ada")));
			assertThat(people.countDocuments()).isEqualTo(1);
		}
	}

	@Test
	void dropADatabaseThatATestWantsFresh() {
		try (MongoClient client = MongoClients.create(RealServices.mongoUri())) {
			client.getDatabase("used").getCollection("people").insertOne(new Document());
			assertThat(client.getDatabase(RealServices.freshMongoDatabase("used")).listCollectionNames()).isEmpty();
		}
	}

	@Test
	void areTheSameForEveryTest() {
		assertThat(RealServices.properties()).isEqualTo(RealServices.properties())
			.containsOnlyKeys("rollcall.kafka.brokers", "rollcall.mongodb.uri");
	}

}
