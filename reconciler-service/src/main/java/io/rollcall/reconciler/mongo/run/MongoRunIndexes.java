package io.rollcall.reconciler.mongo.run;

import java.util.List;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoDatabase;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The indexes of runs, none of them unique; made before the first use, tried again until
 * it succeeds once.
 */
final class MongoRunIndexes {

	private static final int EVALUATIONS_KEPT_DAYS = 7;

	private final Mono<Void> ready;

	MongoRunIndexes(MongoDatabase database) {
		IndexOptions expiring = new IndexOptions().expireAfter(0L, TimeUnit.SECONDS);
		IndexOptions week = new IndexOptions().expireAfter((long) EVALUATIONS_KEPT_DAYS, TimeUnit.DAYS);
		this.ready = Flux
			.concat(create(database, "runs", new IndexModel(Indexes.ascending("expireAt"), expiring),
					new IndexModel(
							Indexes.compoundIndex(Indexes.ascending("connection"), Indexes.descending("firstSeen")))),
					create(database, "runCounts", new IndexModel(Indexes.ascending("expireAt"), expiring)),
					create(database, "evaluations", new IndexModel(Indexes.ascending("at"), week),
							new IndexModel(Indexes.ascending("connection", "run"))),
					create(database, "stagedPages", new IndexModel(Indexes.ascending("connection", "items")),
							new IndexModel(Indexes.ascending("expireAt"), expiring)),
					create(database, "heldSets", new IndexModel(Indexes.ascending("connection", "status"))),
					create(database, "deadLetters", new IndexModel(Indexes.ascending("topic", "key"))),
					create(database, "rules",
							new IndexModel(Indexes.compoundIndex(Indexes.ascending("connection"),
									Indexes.descending("version")))))
			.then(Mono.just(true))
			.cacheInvalidateIf((done) -> !done)
			.then();
	}

	Mono<Void> ready() {
		return this.ready;
	}

	private static Flux<String> create(MongoDatabase database, String collection, IndexModel... indexes) {
		return Flux.from(database.getCollection(collection).createIndexes(List.of(indexes)));
	}

}
