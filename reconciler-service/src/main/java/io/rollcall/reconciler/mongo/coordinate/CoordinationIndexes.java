package io.rollcall.reconciler.mongo.coordinate;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoDatabase;

/** The indexes of the coordinator's documents: few, as most are found by their id. */
final class CoordinationIndexes {

	private static final Map<String, List<IndexModel>> INDEXES = Map.of("runs",
			List.of(new IndexModel(Indexes.ascending("connection", "at", "_id")),
					new IndexModel(Indexes.ascending("connection"),
							new IndexOptions().name("open").partialFilterExpression(Filters.eq("open", true))),
					expiring()),
			"staged", List.of(new IndexModel(Indexes.ascending("group", "number"))), "heldSets",
			List.of(new IndexModel(Indexes.ascending("connection", "at")), expiring()));

	private CoordinationIndexes() {
	}

	/** Creates what is not there yet. */
	static void create(MongoDatabase database) {
		INDEXES
			.forEach((collection, indexes) -> Answers.all(database.getCollection(collection).createIndexes(indexes)));
	}

	private static IndexModel expiring() {
		return new IndexModel(Indexes.ascending("expireAt"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS));
	}

}
