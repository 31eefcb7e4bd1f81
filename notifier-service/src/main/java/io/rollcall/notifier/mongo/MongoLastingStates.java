package io.rollcall.notifier.mongo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Objects;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.EventTypes;
import io.rollcall.model.run.RunEvent;
import io.rollcall.notifier.flow.LastingStates;
import io.rollcall.notifier.rules.LastingState;
import io.rollcall.support.mongo.Await;
import org.bson.Document;

/**
 * States in MongoDB, a document each; the event that began one stands in it as it
 * travelled. One that has ended is kept for as long as its events can come again.
 */
public final class MongoLastingStates implements LastingStates {

	private final PreparedCollection states;

	private final InstantSource clock;

	/**
	 * @param kept how long one that has ended is kept; longer than events can be
	 * delivered again
	 */
	public MongoLastingStates(MongoDatabase database, Duration kept, InstantSource clock) {
		MongoCollection<Document> collection = database.getCollection("states");
		this.states = new PreparedCollection(collection,
				PreparedCollection.index(collection, new IndexModel(Indexes.ascending("connection")),
						new IndexModel(Indexes.ascending("remindAt"), new IndexOptions().sparse(true))),
				PreparedCollection.expire(database, collection, "endedAt", kept));
		this.clock = clock;
	}

	@Override
	public List<LastingState> of(Collection<ConnectionId> connections) {
		return read(this.states.get()
			.find(Filters.in("connection", connections.stream().map(ConnectionId::value).toList())));
	}

	@Override
	public List<LastingState> due(Instant now, int limit) {
		return read(this.states.get().find(Filters.lte("remindAt", Date.from(now))).limit(limit));
	}

	@Override
	public boolean store(Collection<LastingState> states) {
		if (states.isEmpty()) {
			return true;
		}
		List<WriteModel<Document>> writes = new ArrayList<>();
		for (LastingState state : states) {
			Document document = document(state);
			writes.add((state.revision() == 0) ? new InsertOneModel<>(document) : new ReplaceOneModel<>(
					Filters.and(Filters.eq("_id", document.get("_id")), Filters.eq("revision", state.revision())),
					document));
		}
		try {
			BulkWriteResult result = Await.answer(this.states.get().bulkWrite(writes));
			return result.getInsertedCount() + result.getMatchedCount() == writes.size();
		}
		catch (MongoBulkWriteException ex) {
			if (MongoInboxes.lostARace(ex)) {
				return false;
			}
			throw ex;
		}
	}

	private static List<LastingState> read(FindPublisher<Document> documents) {
		return Await.all(documents).stream().map(MongoLastingStates::state).toList();
	}

	private Document document(LastingState state) {
		Document document = new Document("_id", state.organization() + ":" + state.id())
			.append("organization", state.organization().value())
			.append("connection", state.connection().value())
			.append("state", state.id())
			.append("event", state.event())
			.append("begunType", EventTypes.nameOf(state.begun().getClass()))
			.append("begun", EventFormat.json().writeValueAsString(state.begun()))
			.append("since", Date.from(state.since()))
			.append("count", state.count())
			.append("offset", state.offset())
			.append("at", state.at().toString())
			.append("reminders", state.reminders())
			.append("revision", state.revision() + 1);
		return state.open() ? document.append("remindAt", Date.from(state.remindAt()))
				: document.append("endedAt", Date.from(this.clock.instant()));
	}

	private static LastingState state(Document document) {
		boolean open = document.containsKey("remindAt");
		return new LastingState(new OrganizationId(document.getString("organization")),
				new ConnectionId(document.getString("connection")), document.getString("state"), open,
				document.getString("event"), begun(document), document.getDate("since").toInstant(),
				document.getLong("count"), document.getLong("offset"), Instant.parse(document.getString("at")),
				open ? document.getDate("remindAt").toInstant() : Instant.MAX, document.getInteger("reminders"),
				document.getLong("revision"));
	}

	private static RunEvent begun(Document document) {
		Class<? extends Event> type = Objects.requireNonNull(EventTypes.find(document.getString("begunType")));
		return (RunEvent) EventFormat.json().readValue(document.getString("begun"), type);
	}

}
