package io.rollcall.reconciler.mongo.coordinate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.mongo.Fields;

/**
 * The indexes of the coordinator's documents: few, as most are found by their id. And
 * those by which people find accounts, nearly empty, so that they cost inserts nothing.
 */
final class CoordinationIndexes {

	/** How long what is over is kept. */
	static final Duration KEPT = Duration.ofDays(90);

	private static final Map<String, List<IndexModel>> INDEXES = Map
		.of("runs", List.of(new IndexModel(Indexes.ascending("connection", "at", "_id")),
				new IndexModel(Indexes.ascending("connection"),
						new IndexOptions().name("open").partialFilterExpression(Filters.eq("open", true))),
				expiring()), "staged",
				List.of(new IndexModel(Indexes.ascending("group", "number")),
						new IndexModel(Indexes.ascending("expireAt"),
								new IndexOptions().expireAfter(0L, TimeUnit.SECONDS)
									.partialFilterExpression(Filters.exists("expireAt")))),
				"heldSets", List.of(new IndexModel(Indexes.ascending("connection", "at")), expiring()), Fields.ACCOUNTS,
				List.of(new IndexModel(Indexes.ascending(Fields.ORGANIZATION, Fields.ID),
						new IndexOptions().name("held").partialFilterExpression(Filters.exists(Fields.HELD))),
						new IndexModel(Indexes.ascending(Fields.ORGANIZATION, Fields.STATUS, Fields.ID),
								new IndexOptions().name("waiting")
									.partialFilterExpression(Filters.eq(Fields.STATUS, State.Status.WAITING.name()))),
						new IndexModel(Indexes.ascending(Fields.ORGANIZATION, Fields.MEMBERSHIPS + ".team"),
								new IndexOptions().name("byHand")
									.partialFilterExpression(Filters.eq(Fields.MEMBERSHIPS + ".byHand", true)))));

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
