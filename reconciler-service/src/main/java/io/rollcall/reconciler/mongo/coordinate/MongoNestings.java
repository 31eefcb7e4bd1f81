package io.rollcall.reconciler.mongo.coordinate;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.flow.apply.StoredFacts;
import io.rollcall.reconciler.flow.apply.WrittenByOthers;
import io.rollcall.reconciler.flow.coordinate.Nestings;
import io.rollcall.reconciler.mongo.Answers;
import io.rollcall.reconciler.mongo.Collections;
import io.rollcall.reconciler.mongo.Fields;
import io.rollcall.reconciler.mongo.NestingDocuments;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Nesting;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** Groups are found among all facts by a walk, those in others by what they are in. */
public final class MongoNestings implements Nestings {

	private static final String BY = "by";

	private static final Bson GROUP = Filters.eq(Fields.KIND, ObjectKind.GROUP.name());

	/** All but what nothing hangs on. */
	private static final Bson NEEDED = Projections.include(Fields.ORGANIZATION, Fields.CONNECTION, Fields.KIND,
			Fields.WHOLE_STAMP, Fields.WHOLE + "." + Fields.DEPARTURE,
			Fields.WHOLE + "." + Fields.ATTRIBUTES + ".displayName", Fields.IN, Fields.LISTED, Fields.NEWER,
			Fields.MEMBERS_LISTED, Fields.REVISION);

	private final MongoCollection<StoredFacts> facts;

	private final MongoCollection<Document> ids;

	private final MongoCollection<Document> nestings;

	private final int walked;

	/**
	 * What is in a database.
	 * @param walked how many facts one slice of a walk looks at
	 */
	public MongoNestings(MongoDatabase database, int walked) {
		this.facts = Collections.facts(database);
		this.ids = database.getCollection(Fields.FACTS);
		this.nestings = database.getCollection(NestingDocuments.NESTINGS);
		this.walked = walked;
	}

	@Override
	public Slice walk(ConnectionId connection, @Nullable String cursor) {
		Bson rest = Filters.and(Filters.gt(Fields.ID, Objects.requireNonNullElse(cursor, connection + ":")),
				Filters.lt(Fields.ID, connection + ";"));
		Document last = Await.one(this.ids.find(rest)
			.projection(Projections.include(Fields.ID))
			.sort(Sorts.ascending(Fields.ID))
			.skip(this.walked - 1)
			.limit(1)
			.first());
		String until = (last != null) ? last.getString(Fields.ID) : null;
		return new Slice(facts(
				(until != null) ? Filters.and(rest, Filters.lte(Fields.ID, until), GROUP) : Filters.and(rest, GROUP)),
				until);
	}

	@Override
	public List<Facts> groups(ConnectionId connection, Collection<ObjectId> some) {
		return some.isEmpty() ? List.of() : facts(Filters.and(Filters.in(Fields.ID, ids(connection, some)), GROUP));
	}

	@Override
	public List<Facts> groupsIn(ConnectionId connection, Collection<ObjectId> some) {
		List<String> codes = some.stream().map((group) -> new Container(ContainerKind.GROUP, group).code()).toList();
		return facts(
				Filters.and(Filters.eq(Fields.CONNECTION, connection.value()), Filters.in(Fields.IN, codes), GROUP));
	}

	private List<Facts> facts(Bson of) {
		return Await.all(this.facts.find(of).projection(NEEDED)).stream().map(StoredFacts::facts).toList();
	}

	@Override
	public Map<ObjectId, Nesting> find(ConnectionId connection, Collection<ObjectId> some) {
		return some.isEmpty() ? Map.of() : nestings(Filters.in(Fields.ID, ids(connection, some)));
	}

	@Override
	public Map<ObjectId, Nesting> all(ConnectionId connection) {
		return nestings(States.startingWith(connection.value()));
	}

	private Map<ObjectId, Nesting> nestings(Bson of) {
		return Await.all(this.nestings.find(of))
			.stream()
			.map(NestingDocuments::nesting)
			.collect(Collectors.toMap(Nesting::group, Function.identity()));
	}

	@Override
	public void write(ConnectionId connection, Collection<Nesting> some, long by) {
		if (some.isEmpty()) {
			return;
		}
		List<ReplaceOneModel<Document>> models = some.stream().map((nesting) -> {
			Document document = NestingDocuments.document(connection, nesting).append(BY, by);
			return new ReplaceOneModel<>(
					Filters.and(Filters.eq(Fields.ID, document.get(Fields.ID)), Filters.lte(BY, by)), document,
					new ReplaceOptions().upsert(true));
		}).toList();
		try {
			Await.answer(this.nestings.bulkWrite(models, new BulkWriteOptions().ordered(false)));
		}
		catch (MongoBulkWriteException ex) {
			if (!Answers.isOnlyOfKeys(ex)) {
				throw ex;
			}
			throw new WrittenByOthers("what follows from groups in groups was written by another owner");
		}
	}

	@Override
	public void forget(ConnectionId connection) {
		Await.answer(this.nestings.deleteMany(States.startingWith(connection.value())));
	}

	private static List<String> ids(ConnectionId connection, Collection<ObjectId> some) {
		return some.stream().map((group) -> new ObjectKey(connection, group).toString()).toList();
	}

}
