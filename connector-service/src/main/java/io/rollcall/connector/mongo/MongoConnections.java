package io.rollcall.connector.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.Secret;
import io.rollcall.model.ConnectionId;
import io.rollcall.support.mongo.Await;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections in {@code connections}; their secrets only ever encrypted. */
final class MongoConnections implements Connections {

	private static final Logger log = LoggerFactory.getLogger(MongoConnections.class);

	private static final String CREDENTIAL = "credential";

	private static final String CLIENT_SECRET = "clientSecret";

	private final MongoCollection<Stored> connections;

	private final Secrets secrets;

	/** Whose secrets cannot be decrypted; said once. */
	private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

	/**
	 * How one is written; public for the driver.
	 *
	 * @param connection without its credential
	 * @param credential without its secret; null for a connection that has none
	 * @param clientSecret the secret of the credential, encrypted
	 */
	public record Stored(@BsonId String id, Connection connection, @Nullable Credential credential,
			@Nullable Binary clientSecret, @Nullable Instant manualRunAt) {
	}

	MongoConnections(MongoDatabase database, Secrets secrets) {
		this.connections = database.getCollection("connections", Stored.class);
		this.secrets = secrets;
	}

	@Override
	public @Nullable Connection find(ConnectionId id) {
		Stored found = Await.one(this.connections.find(is(id)).first());
		return (found != null) ? read(found) : null;
	}

	@Override
	public List<Connection> all() {
		return Await.all(this.connections.find()).stream().map(this::read).toList();
	}

	@Override
	public boolean add(Connection connection) {
		Bson added = Updates.combine(Updates.setOnInsert("connection", connection.withCredential(null)),
				Updates.setOnInsert(CREDENTIAL, shown(connection)),
				Updates.setOnInsert(CLIENT_SECRET, closed(connection)));
		return Await.answer(this.connections.updateOne(is(connection.id()), added, new UpdateOptions().upsert(true)))
			.getUpsertedId() != null;
	}

	@Override
	public boolean replace(Connection there, Connection next) {
		List<Bson> updates = new ArrayList<>(List.of(Updates.set("connection", next.withCredential(null))));
		if (next.credential() != null) {
			Binary secret = closed(next);
			updates.add(Updates.set(CREDENTIAL, shown(next)));
			updates.add((secret != null) ? Updates.set(CLIENT_SECRET, secret) : Updates.unset(CLIENT_SECRET));
		}
		return changes(Filters.and(is(there.id()), Filters.eq("connection.updatedAt", Date.from(there.updatedAt())),
				Filters.eq("connection.needs.rules", there.needs().rules())), Updates.combine(updates));
	}

	@Override
	public void needs(ConnectionId id, Connection.Needs needs) {
		changes(Filters.and(is(id), Filters.lt("connection.needs.rules", needs.rules())),
				Updates.set("connection.needs", needs));
	}

	@Override
	public boolean claimManualRun(ConnectionId id, Instant now, Duration interval) {
		return changes(Filters.and(is(id), Filters.not(Filters.gt("manualRunAt", Date.from(now.minus(interval))))),
				Updates.set("manualRunAt", Date.from(now)));
	}

	@Override
	public void releaseManualRun(ConnectionId id, Instant claimedAt) {
		changes(Filters.and(is(id), Filters.eq("manualRunAt", Date.from(claimedAt))), Updates.unset("manualRunAt"));
	}

	private boolean changes(Bson filter, Bson update) {
		return Await.answer(this.connections.updateOne(filter, update)).getMatchedCount() == 1;
	}

	private static @Nullable Credential shown(Connection connection) {
		return (connection.credential() != null) ? connection.credential().withoutSecret() : null;
	}

	private @Nullable Binary closed(Connection connection) {
		Credential credential = connection.credential();
		Secret secret = (credential != null) ? credential.secret() : null;
		return (secret != null) ? this.secrets.close(secret, connection.id().value(), CLIENT_SECRET) : null;
	}

	/**
	 * One whose secret cannot be decrypted is as one without: Graph is not asked, and
	 * people are told.
	 */
	private Connection read(Stored stored) {
		Binary secret = stored.clientSecret();
		try {
			Secret opened = (secret != null) ? this.secrets.open(secret, stored.id(), CLIENT_SECRET) : null;
			this.unreadable.remove(stored.id());
			Credential shown = stored.credential();
			return stored.connection().withCredential((shown != null) ? shown.with(opened) : null);
		}
		catch (IllegalStateException ex) {
			if (this.unreadable.add(stored.id())) {
				log.error("Nothing is read from the tenant of connection {}: {}", stored.id(), ex.getMessage());
			}
			return stored.connection();
		}
	}

	private static Bson is(ConnectionId id) {
		return Filters.eq("_id", id.value());
	}

}
