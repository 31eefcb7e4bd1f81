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
import io.rollcall.connector.flow.Connection.Needs;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.Schedule;
import io.rollcall.connector.flow.Secret;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections in {@code connections}; their secrets only ever encrypted. */
final class MongoConnections implements Connections {

	private static final Logger log = LoggerFactory.getLogger(MongoConnections.class);

	private static final String CLIENT_SECRET = "clientSecret";

	private final MongoCollection<Document> connections;

	private final Secrets secrets;

	private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

	MongoConnections(MongoDatabase database, Secrets secrets) {
		this.connections = database.getCollection("connections");
		this.secrets = secrets;
	}

	@Override
	public @Nullable Connection find(ConnectionId id) {
		Document found = Await.one(this.connections.find(Filters.eq("_id", id.value())).first());
		return (found != null) ? connection(found) : null;
	}

	@Override
	public List<Connection> all() {
		List<Connection> all = new ArrayList<>();
		for (Document document : Await.all(this.connections.find())) {
			String id = String.valueOf(document.get("_id"));
			try {
				all.add(connection(document));
				this.unreadable.remove(id);
			}
			catch (RuntimeException ex) {
				// One must not keep the others from being read; said once.
				if (this.unreadable.add(id)) {
					log.error("Connection {} is stored but cannot be read, so nothing is read from its tenant: {}", id,
							ex.toString());
				}
			}
		}
		return all;
	}

	@Override
	public boolean add(Connection connection) {
		try {
			Await.one(this.connections.insertOne(document(connection)));
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
	public boolean replace(Connection connection, Instant lastUpdate) {
		Document document = document(connection);
		document.remove("_id");
		document.remove("needs");
		return Await
			.answer(this.connections.updateOne(Filters.and(Filters.eq("_id", connection.id().value()),
					Filters.eq("updatedAt", Date.from(lastUpdate))), new Document("$set", document)))
			.getMatchedCount() == 1;
	}

	@Override
	public void needs(ConnectionId id, Needs needs) {
		Await.one(this.connections.updateOne(
				Filters.and(Filters.eq("_id", id.value()), Filters.lt("needs.rules", needs.rules())),
				Updates.set("needs", document(needs))));
	}

	@Override
	public boolean claimManualRun(ConnectionId id, Instant now, Duration interval) {
		return Await.answer(this.connections.updateOne(
				Filters.and(Filters.eq("_id", id.value()),
						Filters.not(Filters.gt("manualRunAt", Date.from(now.minus(interval))))),
				Updates.set("manualRunAt", Date.from(now))))
			.getMatchedCount() == 1;
	}

	@Override
	public void releaseManualRun(ConnectionId id, Instant claimedAt) {
		Await.one(this.connections.updateOne(
				Filters.and(Filters.eq("_id", id.value()), Filters.eq("manualRunAt", Date.from(claimedAt))),
				Updates.unset("manualRunAt")));
	}

	private Document document(Connection connection) {
		String id = connection.id().value();
		Secret secret = connection.clientSecret();
		Schedule schedule = connection.schedule();
		return new Document("_id", id).append("organization", connection.organization().value())
			.append("name", connection.name())
			.append("cloud", connection.cloud())
			.append("tenant", connection.tenant())
			.append("clientId", connection.clientId())
			.append(CLIENT_SECRET, (secret != null) ? this.secrets.close(secret, id, CLIENT_SECRET) : null)
			.append("schedule",
					(schedule != null) ? new Document("cron", schedule.cron()).append("zone", schedule.zone()) : null)
			.append("needs", document(connection.needs()))
			.append("status", connection.status().name())
			.append("statusAt", Date.from(connection.statusAt()))
			.append("createdAt", Date.from(connection.createdAt()))
			.append("updatedAt", Date.from(connection.updatedAt()));
	}

	private static Document document(Needs needs) {
		return new Document("rules", needs.rules()).append("users", needs.users()).append("groups", needs.groups());
	}

	private Connection connection(Document document) {
		String id = document.getString("_id");
		Binary secret = document.get(CLIENT_SECRET, Binary.class);
		Document schedule = document.get("schedule", Document.class);
		Document needs = document.get("needs", Document.class);
		return new Connection(new ConnectionId(id), new OrganizationId(document.getString("organization")),
				document.getString("name"), document.getString("cloud"), document.getString("tenant"),
				document.getString("clientId"), (secret != null) ? this.secrets.open(secret, id, CLIENT_SECRET) : null,
				(schedule != null) ? new Schedule(schedule.getString("cron"), schedule.getString("zone")) : null,
				new Needs(needs.getInteger("rules"), needs.getList("users", String.class),
						needs.getList("groups", String.class)),
				ConnectionStatus.valueOf(document.getString("status")), instant(document, "statusAt"),
				instant(document, "createdAt"), instant(document, "updatedAt"));
	}

	private static Instant instant(Document document, String field) {
		return document.getDate(field).toInstant();
	}

}
