package io.rollcall.connector.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.WantedObjects.Wanted;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.hint.Hint.ObjectWanted.Why;
import io.rollcall.test.RealServices;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** Which wishes stay, in a real database. */
class MongoWantedObjectsTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

	private static final ConnectionId ACME = new ConnectionId("acme");

	private final MongoClient client = MongoClients.create(RealServices.mongoUri());

	private final MongoDatabase database = this.client
		.getDatabase("wanted-" + UUID.randomUUID().toString().substring(0, 8));

	private final MongoWantedObjects wanted = new MongoWantedObjects(this.database);

	@AfterEach
	void stop() {
		Mono.from(this.database.drop()).block(LONG);
		this.client.close();
	}

	@Test
	void givesTheFirstOfItsConnectionAsItWasWanted() {
		this.wanted.want(wish(ACME, "later", NOW.plusSeconds(1)));
		this.wanted.want(wish(ACME, "first", NOW));
		this.wanted.want(wish(new ConnectionId("other"), "earlier", NOW.minusSeconds(1)));
		Wanted first = first();
		assertThat(first).isEqualTo(
				new Wanted(ACME, new ObjectId("first"), ObjectKind.USER, Why.PERSON, "grace", NOW, true, 0, null, 1));
		this.wanted.done(first);
		assertThat(first().object()).isEqualTo(new ObjectId("later"));
	}

	@Test
	void keepsAWishThatCameWhileItsObjectWasRead() {
		this.wanted.want(wish(ACME, "ada", NOW));
		Wanted read = first();
		this.wanted.want(wish(ACME, "ada", NOW.plusSeconds(1)));
		this.wanted.done(read);
		this.wanted.later(read.once(NOW.plusSeconds(9)));
		assertThat(first().due()).isEqualTo(NOW.plusSeconds(1));
	}

	@Test
	void remembersSinceWhenAnObjectIsMissingWhenItIsWantedAgain() {
		this.wanted.want(wish(ACME, "ada", NOW));
		this.wanted.later(first().missing(NOW, NOW.plusSeconds(9)));
		this.wanted.want(wish(ACME, "ada", NOW.plusSeconds(1)));
		assertThat(first().missingSince()).isEqualTo(NOW);
	}

	private Wanted first() {
		return Objects.requireNonNull(this.wanted.first(ACME));
	}

	private static Wanted wish(ConnectionId connection, String object, Instant now) {
		return Wanted.now(connection, new ObjectId(object), ObjectKind.USER, Why.PERSON, "grace", now);
	}

}
