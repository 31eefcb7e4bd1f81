package io.rollcall.connector.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Secret;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.test.RealServices;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections in a real database. */
class MongoConnectionsTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private final String name = "connections-" + UUID.randomUUID().toString().substring(0, 8);

	private final MongoClient client = MongoClients.create(RealServices.mongoUri());

	private final MongoDatabase database = this.client.getDatabase(this.name);

	private final MongoConnections connections = new MongoConnections(this.database,
			new Secrets(Base64.getEncoder().encodeToString(new byte[32]), List.of()));

	@AfterEach
	void stop() {
		Mono.from(this.database.drop()).block(LONG);
		this.client.close();
	}

	@Test
	void readsTheOthersWhenOneCannotBeDecrypted() {
		Connection first = connection("first");
		Connection last = connection("last");
		for (Connection each : new Connection[] { first, connection("broken"), last }) {
			assertThat(this.connections.add(each)).isTrue();
		}
		Mono.from(this.database.getCollection("connections")
			.updateOne(Filters.eq("_id", "broken"), Updates.set("clientSecret", new Binary(new byte[40])))).block(LONG);
		assertThat(this.connections.all()).containsExactly(first, last);
	}

	private static Connection connection(String id) {
		return new Connection(new ConnectionId(id), new OrganizationId("acme"), "Acme", "global", "tenant", "client",
				new Secret("secret"), null, Connection.Needs.NONE, ConnectionStatus.ACTIVE, NOW, NOW, NOW);
	}

}
