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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Prepares collections. */
final class Collections {

	private static final int INDEX_OPTIONS_CONFLICT = 85;

	private static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

	private Collections() {
	}

	/** Does it until it has succeeded once, and never again. */
	static Mono<Void> once(Mono<Void> preparation) {
		return preparation.cache((done) -> FOREVER, (failure) -> Duration.ZERO, () -> FOREVER);
	}

	static Mono<Void> index(MongoCollection<Document> collection, IndexModel... indexes) {
		return Flux.from(collection.createIndexes(List.of(indexes))).then();
	}

	/** Lets documents expire, also when they were kept for another time before. */
	static Mono<Void> expire(MongoDatabase database, MongoCollection<Document> collection, String field,
			Duration kept) {
		String name = "expiry";
		IndexModel index = new IndexModel(Indexes.ascending(field),
				new IndexOptions().name(name).expireAfter(kept.toSeconds(), TimeUnit.SECONDS));
		return index(collection, index).onErrorResume(MongoCommandException.class,
				(failure) -> (failure.getErrorCode() == INDEX_OPTIONS_CONFLICT) ? Mono
					.from(database.runCommand(new Document("collMod", collection.getNamespace().getCollectionName())
						.append("index", new Document("name", name).append("expireAfterSeconds", kept.toSeconds()))))
					.then() : Mono.error(failure));
	}

}
