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
import org.bson.Document;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a collection needs before its first use; done until it has succeeded once. */
final class Preparation {

	/** How long any one operation may take. */
	static final Duration LIMIT = Duration.ofSeconds(30);

	private static final int INDEX_OPTIONS_CONFLICT = 85;

	private final Mono<Void> steps;

	private volatile boolean done;

	Preparation(Mono<?>... steps) {
		this.steps = Flux.concat(steps).then();
	}

	synchronized void ensure() {
		if (!this.done) {
			this.steps.block(LIMIT);
			this.done = true;
		}
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
