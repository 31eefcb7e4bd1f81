package io.rollcall.notifier.mongo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.EventTypes;
import io.rollcall.model.run.RunEvent;
import io.rollcall.notifier.flow.LastingStates;
import io.rollcall.notifier.rules.LastingState;
import io.rollcall.support.mongo.Await;
import io.rollcall.support.mongo.PreparedCollection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.jspecify.annotations.Nullable;

/**
 * States in MongoDB, a document each; what was said last of one stands in it as it
 * travelled. One that has ended is kept for as long as its events can come again.
 */
public final class MongoLastingStates implements LastingStates {

	private final PreparedCollection<Stored> states;

	private final InstantSource clock;

	/** How one is written; public for the driver. */
	public record Stored(@BsonId String id, String connection, String event, String type, String last, Instant since,
			long count, long offset, @Nullable Instant remindAt, int reminders, @Nullable Instant endedAt,
			long revision) {

		LastingState read() {
			Object last = EventFormat.json().readValue(this.last, Objects.requireNonNull(EventTypes.find(this.type)));
			return new LastingState(this.id, this.event, (RunEvent) last, this.since, this.count, this.offset,
					this.remindAt, this.reminders, this.revision);
		}

	}

	/**
	 * @param kept how long one that has ended is kept; longer than events can be
	 * delivered again
	 */
	public MongoLastingStates(MongoDatabase database, Duration kept, InstantSource clock) {
		this.states = new PreparedCollection<>(database.getCollection("states", Stored.class),
				PreparedCollection.expire(database, "states", "endedAt", kept),
				new IndexModel(Indexes.ascending("connection")),
				new IndexModel(Indexes.ascending("remindAt"), new IndexOptions().sparse(true)));
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
		try {
			BulkWriteResult result = Await
				.answer(this.states.get().bulkWrite(states.stream().map(this::write).toList()));
			return result.getInsertedCount() + result.getMatchedCount() == states.size();
		}
		catch (MongoBulkWriteException ex) {
			if (MongoInboxes.lostARace(ex)) {
				return false;
			}
			throw ex;
		}
	}

	private WriteModel<Stored> write(LastingState state) {
		Stored next = new Stored(state.id(), state.last().connection().value(), state.event(),
				EventTypes.nameOf(state.last().getClass()), EventFormat.json().writeValueAsString(state.last()),
				state.since(), state.count(), state.offset(), state.remindAt(), state.reminders(),
				state.open() ? null : this.clock.instant(), state.revision() + 1);
		return (state.revision() == 0) ? new InsertOneModel<>(next) : new ReplaceOneModel<>(
				Filters.and(Filters.eq("_id", state.id()), Filters.eq("revision", state.revision())), next);
	}

	private static List<LastingState> read(FindPublisher<Stored> stored) {
		return Await.all(stored).stream().map(Stored::read).toList();
	}

}
