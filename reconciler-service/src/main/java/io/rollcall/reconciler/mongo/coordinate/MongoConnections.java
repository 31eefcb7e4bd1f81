package io.rollcall.reconciler.mongo.coordinate;

import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.progress.Progress.ConnectionChanged;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.coordinate.Connections;
import io.rollcall.reconciler.mongo.ConnectionDocuments;
import io.rollcall.reconciler.mongo.Inserts;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** The documents that apply reads with every batch, and the versions of their rules. */
public final class MongoConnections implements Connections {

	private static final String RULES = "rules";

	private final MongoDatabase database;

	private final MongoCollection<Document> connections;

	private final MongoCollection<Document> versions;

	public MongoConnections(MongoDatabase database) {
		this.database = database;
		this.connections = database.getCollection(ConnectionDocuments.CONNECTIONS);
		this.versions = database.getCollection(RULES);
	}

	@Override
	public void store(ConnectionChanged changed) {
		String id = changed.connection().value();
		Date at = Date.from(changed.at());
		Inserts.missing(this.connections, List.of(settings(changed).append("_id", id)));
		Await.answer(this.connections.updateOne(Filters.and(Filters.eq("_id", id), Filters.not(Filters.gt("at", at))),
				new Document("$set", settings(changed))));
	}

	private static Document settings(ConnectionChanged changed) {
		return new Document("organization", changed.organization().value()).append("source", changed.source().value())
			.append("name", changed.name())
			.append("status", changed.status().name())
			.append("at", Date.from(changed.at()));
	}

	@Override
	public void passOver(ConnectionId connection, boolean passedOver) {
		Await.answer(this.connections.updateOne(Filters.eq("_id", connection.value()),
				passedOver ? Updates.set("setAside", true) : Updates.unset("setAside")));
	}

	@Override
	public void hide(ConnectionId connection, Collection<Container> hidden) {
		List<String> codes = hidden.stream().map(Container::code).sorted().toList();
		Await.answer(this.connections.updateOne(Filters.eq("_id", connection.value()), codes.isEmpty()
				? Updates.unset(ConnectionDocuments.HIDDEN) : Updates.set(ConnectionDocuments.HIDDEN, codes)));
	}

	@Override
	public boolean add(ConnectionId connection, Rules next, String by, Instant at) {
		return Inserts.missing(this.versions,
				List.of(new Document("_id", connection + ":" + next.version()).append("connection", connection.value())
					.append("version", next.version())
					.append("by", by)
					.append("at", Date.from(at))
					.append(RULES, ConnectionDocuments.document(next))));
	}

	@Override
	public void setRules(ConnectionId connection, int version) {
		Document added = version(connection, version);
		if (added != null) {
			Bson earlier = Filters.or(Filters.lt("rules.version", version), Filters.exists(RULES, false));
			Await.answer(this.connections.updateOne(Filters.and(Filters.eq("_id", connection.value()), earlier),
					Updates.set(RULES, added.get(RULES))));
		}
	}

	@Override
	public @Nullable Published published(ConnectionId connection, int version) {
		Document added = version(connection, version);
		return (added != null) ? published(added) : null;
	}

	@Override
	public @Nullable Rules rules(ConnectionId connection, int version) {
		Document added = version(connection, version);
		return (added != null) ? ConnectionDocuments.rules(added.get(RULES, Document.class)) : null;
	}

	/** Sorted without an index: a connection has few. */
	@Override
	public List<Version> versions(ConnectionId connection, @Nullable Integer before, int limit) {
		Bson older = (before != null) ? Filters.lt("version", before) : Filters.empty();
		return Await
			.all(this.versions.find(Filters.and(States.startingWith(connection.value()), older))
				.projection(Projections.exclude(RULES))
				.sort(Sorts.descending("version"))
				.limit(limit))
			.stream()
			.map((added) -> new Version(added.getInteger("version"), published(added)))
			.toList();
	}

	private static Published published(Document added) {
		return new Published(added.getString("by"), added.getDate("at").toInstant());
	}

	private @Nullable Document version(ConnectionId connection, int version) {
		return Await.one(this.versions.find(Filters.eq("_id", connection + ":" + version)).first());
	}

	@Override
	public @Nullable Connection find(ConnectionId connection) {
		return Await.answer(ConnectionDocuments.find(this.database, List.of(connection))).get(connection);
	}

}
