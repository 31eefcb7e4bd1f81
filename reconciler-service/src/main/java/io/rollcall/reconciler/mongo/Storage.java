package io.rollcall.reconciler.mongo;

import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The indexes of facts, accounts and teams; without the unique ones nothing may be
 * written. Every one costs each insert, so most are partial and nearly empty.
 */
public final class Storage {

	private static final List<IndexModel> FACTS = List
		.of(new IndexModel(Indexes.ascending(Fields.CONNECTION, Fields.IN), new IndexOptions().name("members")));

	private static final List<IndexModel> ACCOUNTS = List.of(
			new IndexModel(Indexes.ascending(Fields.ORGANIZATION, Fields.EMAIL_KEY),
					new IndexOptions().name("email")
						.unique(true)
						.partialFilterExpression(Filters.exists(Fields.EMAIL_KEY))),
			new IndexModel(Indexes.ascending(Fields.LINK_KEY, Fields.ORGANIZATION),
					new IndexOptions().name("link").partialFilterExpression(Filters.exists(Fields.LINK_KEY))),
			new IndexModel(Indexes.ascending(Fields.ORGANIZATION, Fields.KEYS),
					new IndexOptions().name("keys").partialFilterExpression(Filters.exists(Fields.KEYS))),
			new IndexModel(Indexes.ascending(Fields.ORGANIZATION, Fields.WANTS),
					new IndexOptions().name("wants").partialFilterExpression(Filters.exists(Fields.WANTS))),
			new IndexModel(Indexes.ascending(Fields.ORGANIZATION, Fields.MEMBERSHIPS + ".team"),
					new IndexOptions().name("placed").partialFilterExpression(Filters.eq(Fields.PLACED, true))),
			new IndexModel(Indexes.ascending(Fields.MANAGER),
					new IndexOptions().name("manager").partialFilterExpression(Filters.exists(Fields.MANAGER))));

	private static final List<IndexModel> TEAMS = List
		.of(new IndexModel(Indexes.ascending(Fields.ORGANIZATION, Fields.NAME_KEY),
				new IndexOptions().name("name").unique(true).partialFilterExpression(Filters.exists(Fields.NAME_KEY))));

	private final Mono<Boolean> ready;

	public Storage(MongoDatabase database) {
		this.ready = Flux
			.concat(create(Collections.facts(database), FACTS), create(Collections.accounts(database), ACCOUNTS),
					create(Collections.teams(database), TEAMS))
			.then(Mono.just(true))
			.cacheInvalidateIf((done) -> !done);
	}

	/** Ends well once every index is there; tried again until it succeeds once. */
	Mono<Boolean> ready() {
		return this.ready;
	}

	private static Flux<String> create(MongoCollection<?> collection, List<IndexModel> indexes) {
		return Flux.from(collection.createIndexes(indexes));
	}

}
