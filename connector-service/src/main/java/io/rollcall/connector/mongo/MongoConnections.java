package io.rollcall.connector.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Connections;
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

	private static final String CLIENT_SECRET = "clientSecret";

	private final MongoCollection<Stored> connections;

	private final Secrets secrets;

	private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

	/**
	 * How one is written; public for the driver.
	 *
	 * @param connection without its secret, which is encrypted beside it
	 */
	public record Stored(@BsonId String id, Connection connection, @Nullable Binary clientSecret,
			@Nullable Instant manualRunAt) {
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
		List<Connection> all = new ArrayList<>();
		for (Stored stored : Await.all(this.connections.find())) {
			try {
				all.add(read(stored));
				this.unreadable.remove(stored.id());
			}
			catch (RuntimeException ex) {
				// One must not keep the others from being read; said once.
				if (this.unreadable.add(stored.id())) {
					log.error("Connection {} is stored but cannot be read, so nothing is read from its tenant: {}",
							stored.id(), ex.toString());
				}
			}
		}
		return all;
	}

	@Override
	public boolean add(Connection connection) {
		try {
			Await.one(this.connections
				.insertOne(new Stored(connection.id().value(), connection.withSecret(null), closed(connection), null)));
			return true;
		}
		catch (MongoWriteException ex) {
			if (ex.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
				return false;
			}
			throw ex;
		}
	}

	@Override
	public boolean replace(Connection there, Connection next) {
		Binary secret = closed(next);
		return changes(
				Filters.and(is(there.id()), Filters.eq("connection.updatedAt", Date.from(there.updatedAt())),
						Filters.eq("connection.needs.rules", there.needs().rules())),
				Updates.combine(Updates.set("connection", next.withSecret(null)),
						(secret != null) ? Updates.set(CLIENT_SECRET, secret) : Updates.unset(CLIENT_SECRET)));
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

	private @Nullable Binary closed(Connection connection) {
		Secret secret = connection.clientSecret();
		return (secret != null) ? this.secrets.close(secret, connection.id().value(), CLIENT_SECRET) : null;
	}

	private Connection read(Stored stored) {
		Binary secret = stored.clientSecret();
		return stored.connection()
			.withSecret((secret != null) ? this.secrets.open(secret, stored.id(), CLIENT_SECRET) : null);
	}

	private static Bson is(ConnectionId id) {
		return Filters.eq("_id", id.value());
	}

}
