package io.rollcall.reconciler.mongo.coordinate;

import java.time.Instant;
import java.util.Date;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.act.PublishedRules;
import io.rollcall.reconciler.mongo.ConnectionDocuments;
import io.rollcall.reconciler.rules.Rules;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The connection's document has the newest rules, another collection all of them. */
public final class MongoPublishedRules implements PublishedRules {

	private final MongoDatabase database;

	private final MongoCollection<Document> connections;

	private final MongoCollection<Document> versions;

	public MongoPublishedRules(MongoDatabase database) {
		this.database = database;
		this.connections = database.getCollection(ConnectionDocuments.CONNECTIONS);
		this.versions = database.getCollection("rules");
	}

	@Override
	public @Nullable Connection connection(ConnectionId connection) {
		return Answers.one(ConnectionDocuments.find(this.database, List.of(connection))).get(connection);
	}

	@Override
	public boolean add(ConnectionId connection, int before, Rules next, String by, Instant at) {
		Document rules = ConnectionDocuments.document(next);
		Bson unchanged = (before == Rules.standard().version())
				? Filters.or(Filters.eq("rules.version", before), Filters.exists("rules", false))
				: Filters.eq("rules.version", before);
		boolean added = Answers
			.one(this.connections.updateOne(Filters.and(Filters.eq("_id", connection.value()), unchanged),
					Updates.set("rules", rules)))
			.getMatchedCount() > 0;
		if (added) {
			Answers.one(this.versions.insertOne(
					new Document("_id", connection + ":" + next.version()).append("connection", connection.value())
						.append("version", next.version())
						.append("by", by)
						.append("at", Date.from(at))
						.append("rules", rules)));
		}
		return added;
	}

	@Override
	public @Nullable Publication publication(ConnectionId connection, int version) {
		Document found = Answers.first(this.versions.find(Filters.eq("_id", connection + ":" + version)).first());
		return (found != null) ? new Publication(found.getString("by"), found.getDate("at").toInstant()) : null;
	}

}
