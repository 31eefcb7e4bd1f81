package io.rollcall.reconciler.mongo.coordinate;

import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.progress.Progress.ConnectionChanged;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.coordinate.Connections;
import io.rollcall.reconciler.mongo.ConnectionDocuments;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** The documents that apply reads with every batch. */
public final class MongoConnections implements Connections {

	private final MongoDatabase database;

	private final MongoCollection<Document> connections;

	public MongoConnections(MongoDatabase database) {
		this.database = database;
		this.connections = database.getCollection(ConnectionDocuments.CONNECTIONS);
	}

	@Override
	public void store(ConnectionChanged changed) {
		Answers.one(this.connections.updateOne(Filters.eq("_id", changed.connection().value()),
				Updates.combine(Updates.set("organization", changed.organization().value()),
						Updates.set("source", changed.source().value()), Updates.set("name", changed.name()),
						Updates.set("status", changed.status().name())),
				new UpdateOptions().upsert(true)));
	}

	@Override
	public void passOver(ConnectionId connection, boolean passedOver) {
		Answers.one(this.connections.updateOne(Filters.eq("_id", connection.value()),
				passedOver ? Updates.set("setAside", true) : Updates.unset("setAside")));
	}

	@Override
	public @Nullable Connection find(ConnectionId connection) {
		return Answers.one(ConnectionDocuments.find(this.database, List.of(connection))).get(connection);
	}

}
