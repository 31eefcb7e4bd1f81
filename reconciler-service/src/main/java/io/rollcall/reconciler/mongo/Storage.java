package io.rollcall.reconciler.mongo;

import java.util.List;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.state.State;
import org.bson.conversions.Bson;
import reactor.core.publisher.Mono;

/**
 * The indexes; without the unique one nothing may be written. Every one of facts and
 * accounts costs each insert, so most are partial and nearly empty. The coordinator's
 * documents have few, as most are found by their id.
 */
public final class Storage {

	private final MongoDatabase database;

	private volatile boolean ready;

	public Storage(MongoDatabase database) {
		this.database = database;
	}

	/** Creates what is not there yet; called again until it has succeeded once. */
	public void prepare() {
		if (this.ready) {
			return;
		}
		create(Fields.FACTS,
				new IndexModel(Indexes.ascending(Fields.CONNECTION, Fields.IN), new IndexOptions().name("members")));
		create(Fields.ACCOUNTS,
				new IndexModel(Indexes.ascending(Fields.ORGANIZATION, Fields.EMAIL_KEY),
						new IndexOptions().name("email")
							.unique(true)
							.partialFilterExpression(Filters.exists(Fields.EMAIL_KEY))),
				partial("link", Filters.exists(Fields.LINK_KEY), Fields.LINK_KEY, Fields.ORGANIZATION),
				partial("keys", Filters.exists(Fields.KEYS), Fields.ORGANIZATION, Fields.KEYS),
				partial("manager", Filters.exists(Fields.MANAGER), Fields.MANAGER),
				partial("wants", Filters.exists(Fields.WANTS), Fields.ORGANIZATION, Fields.WANTS),
				partial("held", Filters.exists(Fields.HELD), Fields.ORGANIZATION, Fields.ID),
				partial("waiting", Filters.eq(Fields.STATUS, State.Status.WAITING.name()), Fields.ORGANIZATION,
						Fields.STATUS, Fields.ID),
				partial("byHand", Filters.eq(Fields.MEMBERSHIPS + ".byHand", true), Fields.ORGANIZATION,
						Fields.MEMBERSHIPS + ".team"));
		create(Fields.TEAMS, new IndexModel(Indexes.ascending(Fields.ORGANIZATION, Fields.NAME_KEY),
				new IndexOptions().name("name").unique(true).partialFilterExpression(Filters.exists(Fields.NAME_KEY))));
		create("runs", index("connection", "at", "_id"), partial("open", Filters.eq("open", true), "connection"),
				expiring());
		create("staged", index("group", "state.number"), expiring());
		create("heldSets", index("connection", "at"), expiring());
		// The first with what the sums by the hour ask for, so that they read no
		// document.
		create("history", index("connection", "at", "_id", "run", "what"), index("connection", "what", "at", "_id"),
				partial("run", Filters.gt("run", ""), "connection", "run", "at", "_id"), expiring());
		this.ready = true;
	}

	private void create(String collection, IndexModel... indexes) {
		Answers.await(Mono.from(this.database.getCollection(collection).createIndexes(List.of(indexes))));
	}

	private static IndexModel index(String... fields) {
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
