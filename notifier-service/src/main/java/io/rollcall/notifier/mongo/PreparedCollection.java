package io.rollcall.notifier.mongo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoCommandException;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A collection that is prepared before its first use: tried until it has succeeded once.
 */
final class PreparedCollection {

	private static final int INDEX_OPTIONS_CONFLICT = 85;

	private final MongoCollection<Document> collection;

	private final Mono<Void> steps;

	private volatile boolean done;

	PreparedCollection(MongoCollection<Document> collection, Mono<?>... steps) {
		this.collection = collection;
		this.steps = Flux.concat(steps).then();
	}

	MongoCollection<Document> get() {
		if (!this.done) {
			synchronized (this) {
				Await.one(this.steps);
				this.done = true;
			}
		}
		return this.collection;
	}

	static Mono<Void> index(MongoCollection<Document> collection, IndexModel... indexes) {
		return done(collection.createIndexes(List.of(indexes)));
	}

	/** Lets documents expire, also when they were kept for another time before. */
	static Mono<Void> expire(MongoDatabase database, MongoCollection<Document> collection, String field,
			Duration kept) {
		String name = "expiry";
		IndexModel index = new IndexModel(Indexes.ascending(field),
				new IndexOptions().name(name).expireAfter(kept.toSeconds(), TimeUnit.SECONDS));
		Document change = new Document("collMod", collection.getNamespace().getCollectionName()).append("index",
				new Document("name", name).append("expireAfterSeconds", kept.toSeconds()));
		return index(collection, index).onErrorResume(MongoCommandException.class,
				(failure) -> (failure.getErrorCode() == INDEX_OPTIONS_CONFLICT) ? done(database.runCommand(change))
						: Mono.error(failure));
	}

	private static Mono<Void> done(Publisher<?> operation) {
		return Flux.from(operation).then();
	}

}
