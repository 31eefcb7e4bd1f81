package io.rollcall.reconciler.mongo.coordinate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.mongo.Fields;
import io.rollcall.support.mongo.Await;
import org.bson.conversions.Bson;

/**
 * The indexes of the coordinator's documents: few, as most are found by their id. And
 * those by which people find accounts, nearly empty, so that they cost inserts nothing.
 */
final class CoordinationIndexes {

	/** How long what is over is kept. */
	static final Duration KEPT = Duration.ofDays(90);

	private CoordinationIndexes() {
	}

	/** Creates what is not there yet. */
	static void create(MongoDatabase database) {
		create(database, "runs", ascending("connection", "at", "_id"),
				partial("open", Filters.eq("open", true), "connection"), expiring());
		create(database, "staged", ascending("group", "state.number"), expiring());
		create(database, "heldSets", ascending("connection", "at"), expiring());
		create(database, Fields.ACCOUNTS, partial("held", Filters.exists(Fields.HELD), Fields.ORGANIZATION, Fields.ID),
				partial("waiting", Filters.eq(Fields.STATUS, State.Status.WAITING.name()), Fields.ORGANIZATION,
						Fields.STATUS, Fields.ID),
				partial("byHand", Filters.eq(Fields.MEMBERSHIPS + ".byHand", true), Fields.ORGANIZATION,
						Fields.MEMBERSHIPS + ".team"));
	}

	private static void create(MongoDatabase database, String collection, IndexModel... indexes) {
		Await.all(database.getCollection(collection).createIndexes(List.of(indexes)));
	}

	private static IndexModel ascending(String... fields) {
		return new IndexModel(Indexes.ascending(fields));
	}

	private static IndexModel partial(String name, Bson of, String... fields) {
		return new IndexModel(Indexes.ascending(fields), new IndexOptions().name(name).partialFilterExpression(of));
	}

	private static IndexModel expiring() {
		return new IndexModel(Indexes.ascending("expireAt"), new IndexOptions().expireAfter(0L, TimeUnit.SECONDS)
			.partialFilterExpression(Filters.exists("expireAt")));
	}

}
