package io.rollcall.reconciler.mongo.coordinate;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.EventTypes;
import io.rollcall.model.progress.Progress;
import io.rollcall.reconciler.flow.apply.WrittenByOthers;
import io.rollcall.reconciler.flow.coordinate.Coordination;
import io.rollcall.reconciler.flow.coordinate.Coordinations;
import io.rollcall.reconciler.flow.coordinate.Position;
import io.rollcall.reconciler.mongo.Inserts;
import io.rollcall.reconciler.mongo.Storage;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * A document a connection, and insert-only documents with what was told and its own
 * bytes. The ids of these order a connection's events as they stood in the topic.
 */
public final class MongoCoordinations implements Coordinations {

	private final Storage storage;

	private final MongoCollection<Document> coordinations;

	private final MongoCollection<Document> progress;

	public MongoCoordinations(MongoDatabase database, Storage storage) {
		this.storage = storage;
		this.coordinations = database.getCollection("coordinations");
		this.progress = database.getCollection("progress");
	}

	@Override
	public void add(Collection<Told> told) {
		Inserts.missing(this.progress, told.stream().map(MongoCoordinations::document).toList());
	}

	@Override
	public Collection<Known> of(Collection<Integer> partitions) {
		this.storage.prepare();
		Bson ofThem = Aggregates.match(Filters.in("partition", partitions));
		Set<Known> known = new LinkedHashSet<>();
		List.of(this.progress, this.coordinations)
			.forEach((collection) -> Await
				.all(collection.aggregate(List.of(ofThem,
						Aggregates.group("$connection", Accumulators.first("organization", "$organization"),
								Accumulators.first("partition", "$partition")))))
				.forEach((document) -> known.add(known(document.append("connection", document.get("_id"))))));
		return known;
	}

	@Override
	public Coordination claim(Known known) {
		String id = known.connection().value();
		Document claimed = Await.answer(this.coordinations.findOneAndUpdate(Filters.eq("_id", id),
				Updates.combine(Updates.inc("state.version", 1L), Updates.set("partition", known.partition()),
						Updates.setOnInsert("connection", id),
						Updates.setOnInsert("organization", known.organization().value()),
						Updates.setOnInsert("state.connection", id),
						Updates.setOnInsert("state.organization", known.organization().value())),
				new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER)));
		return States.state(claimed, Coordination.class);
	}

	@Override
	public @Nullable Coordination find(ConnectionId connection) {
		Document found = Await.one(this.coordinations.find(Filters.eq("_id", connection.value())).first());
		return (found != null) ? States.state(found, Coordination.class) : null;
	}

	@Override
	public void save(Coordination changed) {
		Bson stored = Filters.and(Filters.eq("_id", changed.connection().value()),
				Filters.eq("state.version", changed.nextVersion() - 1));
		if (Await.answer(this.coordinations.updateOne(stored, Updates.set("state", States.of(changed))))
			.getMatchedCount() == 0) {
			throw new WrittenByOthers("what is to be done was written by another owner");
		}
	}

	@Override
	public List<Told> next(ConnectionId connection, int limit) {
		return Await
			.all(this.progress.find(States.startingWith(connection.value())).sort(Sorts.ascending("_id")).limit(limit))
			.stream()
			.map((document) -> new Told(known(document),
					new Position(document.getString("topic"), document.getLong("offset")), event(document)))
			.toList();
	}

	@Override
	public void forget(Collection<Told> told) {
		Await.answer(this.progress.deleteMany(Filters.in("_id", told.stream().map(MongoCoordinations::id).toList())));
	}

	private static Document document(Told told) {
		Document document = new Document("_id", id(told)).append("connection", told.of().connection().value())
			.append("organization", told.of().organization().value())
			.append("partition", told.of().partition())
			.append("topic", told.position().topic())
			.append("offset", told.position().offset());
		Progress event = told.event();
		return (event == null) ? document : document.append("type", EventTypes.nameOf(event.getClass()))
			.append("event", new Binary(EventFormat.value(event)));
	}

	private static Known known(Document document) {
		return new Known(new ConnectionId(document.getString("connection")),
				new OrganizationId(document.getString("organization")), document.getInteger("partition"));
	}

	private static @Nullable Progress event(Document document) {
		String type = document.getString("type");
		return (type == null) ? null : (Progress) EventFormat.json()
			.readValue(document.get("event", Binary.class).getData(), Objects.requireNonNull(EventTypes.find(type)));
	}

	private static String id(Told told) {
		return "%s:%s:%019d".formatted(told.of().connection(), told.position().topic(), told.position().offset() + 1);
	}

}
