package io.rollcall.support.mongo;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.mongodb.MongoCommandException;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A collection that is prepared before its first use: tried until it has succeeded once.
 */
public final class PreparedCollection<T> {

	private static final int INDEX_OPTIONS_CONFLICT = 85;

	private final MongoCollection<T> collection;

	private final Mono<Void> preparation;

	private volatile boolean done;

	/** A collection with indexes. */
	public PreparedCollection(MongoCollection<T> collection, IndexModel... indexes) {
		this(collection, Mono.empty(), indexes);
	}

	/**
	 * @param more what else is done before its first use, behind the indexes
	 */
	public PreparedCollection(MongoCollection<T> collection, Mono<Void> more, IndexModel... indexes) {
		this.collection = collection;
		this.preparation = Flux.from(collection.createIndexes(List.of(indexes))).then(more);
	}

	/** The collection, prepared. */
	public MongoCollection<T> get() {
		if (!this.done) {
			synchronized (this) {
				Await.one(this.preparation);
				this.done = true;
			}
		}
		return this.collection;
	}

	/** Lets documents expire, also when they were kept for another time before. */
	public static Mono<Void> expire(MongoDatabase database, String collection, String field, Duration kept) {
		IndexModel index = new IndexModel(Indexes.ascending(field),
				new IndexOptions().name("expiry").expireAfter(kept.toSeconds(), TimeUnit.SECONDS));
		Document change = new Document("collMod", collection).append("index",
				new Document("name", "expiry").append("expireAfterSeconds", kept.toSeconds()));
		return Flux.from(database.getCollection(collection).createIndexes(List.of(index)))
			.then()
			.onErrorResume(MongoCommandException.class, (failure) -> (failure.getErrorCode() == INDEX_OPTIONS_CONFLICT)
					? Mono.from(database.runCommand(change)).then() : Mono.error(failure));
	}

}
