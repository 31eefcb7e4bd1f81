package io.rollcall.reconciler.mongo.coordinate;

import java.util.Collection;
import java.util.List;
import java.util.Objects;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.EventTypes;
import io.rollcall.model.progress.Progress;
import io.rollcall.reconciler.flow.coordinate.Coordinations.Known;
import io.rollcall.reconciler.flow.coordinate.Position;
import io.rollcall.reconciler.flow.coordinate.ProgressEvents;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/**
 * Insert-only documents with the events' own bytes. Their ids order a connection's events
 * as they stood in the topic.
 */
public final class MongoProgressEvents implements ProgressEvents {

	private final MongoCollection<Document> progress;

	public MongoProgressEvents(MongoDatabase database) {
		this.progress = database.getCollection("progress");
	}

	@Override
	public void add(Collection<Told> told) {
		Inserts.insertMissing(this.progress, told.stream().map(MongoProgressEvents::document).toList());
	}

	@Override
	public List<Told> next(ConnectionId connection, int limit) {
		return Await
			.all(this.progress.find(StateCodecs.ofConnection(connection.value()))
				.sort(Sorts.ascending("_id"))
				.limit(limit))
			.stream()
			.map(MongoProgressEvents::told)
			.toList();
	}

	@Override
	public void forget(Collection<Told> told) {
		Await.answer(this.progress.deleteMany(Filters.in("_id", told.stream().map(MongoProgressEvents::id).toList())));
	}

	@Override
	public List<Known> waiting(Collection<Integer> partitions) {
		return Await
			.all(this.progress.aggregate(List.of(Aggregates.match(Filters.in("partition", partitions)),
					Aggregates.group("$connection", Accumulators.first("organization", "$organization"),
							Accumulators.first("partition", "$partition")))))
			.stream()
			.map((document) -> new Known(new ConnectionId(document.getString("_id")),
					new OrganizationId(document.getString("organization")), document.getInteger("partition")))
			.toList();
	}

	private static Document document(Told told) {
		Document document = new Document("_id", id(told)).append("connection", told.connection().value())
			.append("organization", told.organization().value())
			.append("partition", told.partition())
			.append("topic", told.position().topic())
			.append("offset", told.position().offset());
		Progress event = told.event();
		return (event == null) ? document : document.append("type", EventTypes.nameOf(event.getClass()))
			.append("event", new Binary(EventFormat.value(event)));
	}

	private static Told told(Document document) {
		return new Told(new ConnectionId(document.getString("connection")),
				new OrganizationId(document.getString("organization")), document.getInteger("partition"),
				new Position(document.getString("topic"), document.getLong("offset")), event(document));
	}

	private static @Nullable Progress event(Document document) {
		String type = document.getString("type");
		return (type == null) ? null : (Progress) EventFormat.json()
			.readValue(document.get("event", Binary.class).getData(), Objects.requireNonNull(EventTypes.find(type)));
	}

	private static String id(Told told) {
		return "%s:%s:%019d".formatted(told.connection(), told.position().topic(), told.position().offset() + 1);
	}

}
