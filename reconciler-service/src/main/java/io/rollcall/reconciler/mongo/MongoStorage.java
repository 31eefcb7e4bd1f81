package io.rollcall.reconciler.mongo;

import java.util.List;

import com.mongodb.MongoCommandException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.reconciler.flow.Storage;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Creates the indexes before the first use; tried again until it succeeds once. */
@Component
final class MongoStorage implements Storage {

	static final String EMAIL_INDEX = "email";

	private static final int INDEX_KEY_SPECS_CONFLICT = 86;

	private static final List<IndexModel> FACTS = List.of(
			new IndexModel(Indexes.ascending("connection", "object"), new IndexOptions().name("object")),
			new IndexModel(Indexes.ascending("connection", "c", "object"),
					new IndexOptions().name("members").partialFilterExpression(Filters.exists("c"))),
			new IndexModel(Indexes.ascending("connection", "_id"),
					new IndexOptions().name("read").partialFilterExpression(Filters.eq("hasAttributes", true))));

	private static final List<IndexModel> ACCOUNTS = List
		.of(new IndexModel(Indexes.ascending("organization", "emailKey"),
				new IndexOptions().name(EMAIL_INDEX).unique(true).partialFilterExpression(Filters.exists("emailKey"))),
				new IndexModel(Indexes.ascending("link.connection", "link.object", "link.status"),
						new IndexOptions().name("link").unique(true).sparse(true)),
				new IndexModel(Indexes.ascending("organization", "held.wants"),
						new IndexOptions().name("wants").partialFilterExpression(Filters.exists("held.wants"))),
				new IndexModel(Indexes.ascending("organization", "memberships.team"), new IndexOptions().name("team")),
				new IndexModel(Indexes.ascending("link.connection", "_id"),
						new IndexOptions().name("staged").partialFilterExpression(Filters.exists("staged"))));

	private static final List<IndexModel> TEAMS = List.of(new IndexModel(Indexes.ascending("group.connection", "_id"),
			new IndexOptions().name("staged").partialFilterExpression(Filters.exists("staged"))));

	private final Mono<Void> ready;

	MongoStorage(MongoDatabase database) {
		this.ready = Flux
			.concat(create(Collections.facts(database), FACTS), create(Collections.accounts(database), ACCOUNTS),
					create(Collections.teams(database), TEAMS))
			.onErrorMap(MongoCommandException.class, (failure) -> earlier(failure, database.getName()))
			.then(Mono.just(true))
			.cacheInvalidateIf((done) -> !done)
			.then();
	}

	@Override
	public Mono<Void> ready() {
		return this.ready;
	}

	/** Another index under one of our names comes with documents of another shape. */
	private static Throwable earlier(MongoCommandException failure, String database) {
		return (failure.getErrorCode() == INDEX_KEY_SPECS_CONFLICT) ? new IllegalStateException(
				("Database %s has documents of an earlier build of Rollcall, which this one cannot read. Stop the "
						+ "services, drop their databases and topics (embedded: delete the data folder) and start them: "
						+ "everything is read again")
					.formatted(database),
				failure) : failure;
	}

	private static Flux<String> create(MongoCollection<?> collection, List<IndexModel> indexes) {
		return Flux.from(collection.createIndexes(indexes));
	}

}
