package io.rollcall.connector.mongo;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
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
import io.rollcall.model.ConnectionId;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Connections in {@code connections}. */
final class MongoConnections implements Connections {

	private static final Logger log = LoggerFactory.getLogger(MongoConnections.class);

	private final MongoCollection<Document> connections;

	private final ConnectionDocuments documents;

	private final Set<String> unreadable = ConcurrentHashMap.newKeySet();

	MongoConnections(MongoDatabase database, SecretBox box) {
		this.connections = database.getCollection("connections");
		this.documents = new ConnectionDocuments(box);
	}

	@Override
	public Mono<Connection> find(ConnectionId id) {
		return Mono.from(this.connections.find(Filters.eq("_id", id.value())).first()).map(this.documents::read);
	}

	@Override
	public Flux<Connection> all() {
		return Flux.from(this.connections.find()).mapNotNull(this::readable);
	}

	/** A document that cannot be read must not keep the others from being read. */
	private @Nullable Connection readable(Document document) {
		String id = String.valueOf(document.get("_id"));
		try {
			Connection connection = this.documents.read(document);
			this.unreadable.remove(id);
			return connection;
		}
		catch (RuntimeException ex) {
			// All are read again and again: said once.
			if (this.unreadable.add(id)) {
				log.error("Connection {} is stored but cannot be read, so nothing is read from its " + "tenant: {}", id,
						ex.toString());
			}
			return null;
		}
	}

	@Override
	public Mono<Boolean> add(Connection connection) {
		return Mono.from(this.connections.insertOne(this.documents.write(connection)))
			.map((_) -> true)
			.onErrorResume(MongoWriteException.class,
					(ex) -> (ex.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) ? Mono.just(false)
							: Mono.error(ex));
	}

	@Override
	public Mono<Boolean> replace(Connection connection, Instant lastUpdate) {
		Document document = this.documents.write(connection);
		document.remove("_id");
		return Mono
			.from(this.connections.updateOne(Filters.and(Filters.eq("_id", connection.id().value()),
					Filters.eq("updatedAt", Date.from(lastUpdate))), new Document("$set", document)))
			.map((result) -> result.getMatchedCount() == 1);
	}

	@Override
	public Mono<Boolean> claimManualRun(ConnectionId id, Instant now, Duration interval) {
		return Mono.from(this.connections.updateOne(
				Filters.and(Filters.eq("_id", id.value()),
						Filters.not(Filters.gt("manualRunAt", Date.from(now.minus(interval))))),
				Updates.set("manualRunAt", Date.from(now))))
			.map((result) -> result.getMatchedCount() == 1);
	}

	@Override
	public Mono<Void> releaseManualRun(ConnectionId id, Instant claimedAt) {
		return Mono.from(this.connections.updateOne(
				Filters.and(Filters.eq("_id", id.value()), Filters.eq("manualRunAt", Date.from(claimedAt))),
				Updates.unset("manualRunAt")))
			.then();
	}

}
