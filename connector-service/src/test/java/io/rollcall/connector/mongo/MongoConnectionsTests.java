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
import io.rollcall.connector.flow.Credential;
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
	void readsOneThatCannotBeDecryptedAsOneWithoutASecretWhichStaysStored() {
		Connection first = connection("first");
		Connection broken = connection("broken");
		Connection last = connection("last");
		for (Connection each : List.of(first, broken, last)) {
			assertThat(this.connections.add(each)).isTrue();
		}
		var stored = this.database.getCollection("connections");
		Binary other = new Binary(new byte[40]);
		Mono.from(stored.updateOne(Filters.eq("_id", "broken"), Updates.set("clientSecret", other))).block(LONG);
		assertThat(this.connections.all()).containsExactly(first, broken.withCredential(null), last);
		Connection paused = broken.withCredential(null).with(ConnectionStatus.PAUSED, NOW.plusSeconds(1));
		assertThat(this.connections.replace(broken, paused)).isTrue();
		assertThat(this.connections.replace(broken, paused)).isFalse();
		assertThat(this.connections.find(broken.id())).isEqualTo(paused);
		assertThat(Mono.from(stored.find(Filters.eq("_id", "broken")).first()).block(LONG))
			.containsEntry("clientSecret", other);
	}

	/** Rules that need another attribute meanwhile must not be forgotten. */
	@Test
	void replacesNothingThatRulesHaveChangedMeanwhile() {
		Connection there = connection("acme");
		this.connections.add(there);
		this.connections.needs(there.id(), new Connection.Needs(2, List.of("city"), List.of()));
		this.connections.needs(there.id(), new Connection.Needs(1, List.of("fax"), List.of()));
		assertThat(this.connections.replace(there, there.with(ConnectionStatus.PAUSED, NOW.plusSeconds(1)))).isFalse();
		assertThat(this.connections.find(there.id()).needs().users()).containsExactly("city");
	}

	private static Connection connection(String id) {
		return new Connection(new ConnectionId(id), new OrganizationId("acme"), "Acme", "global", "tenant", "client",
				Credential.secret(new Secret("secret")), null, null, Connection.Needs.NONE, ConnectionStatus.ACTIVE,
				NOW, NOW, NOW);
	}

}
