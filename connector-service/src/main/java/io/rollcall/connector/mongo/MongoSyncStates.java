package io.rollcall.connector.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.connector.rules.SyncState.Hinted;
import io.rollcall.connector.rules.SyncState.Position;
import io.rollcall.connector.rules.SyncState.Requested;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.SourceId;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.support.mongo.Await;
import io.rollcall.support.mongo.PreparedCollection;
import org.bson.codecs.pojo.annotations.BsonId;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Sync states in {@code syncStates}: one document a connection, one write a step. The
 * owner writes {@code position}, hints the rest.
 */
final class MongoSyncStates implements SyncStates {

	private static final FindOneAndUpdateOptions AFTER = new FindOneAndUpdateOptions()
		.returnDocument(ReturnDocument.AFTER);

	private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

	private final PreparedCollection<State> states;

	/** How it is written; public for the driver. */
	public record State(@BsonId String id, @Nullable String source, long epoch, @Nullable Position position,
			@Nullable Map<String, Hinted> hinted, @Nullable Requested requested) {

		SyncState read() {
			Map<Resource, Hinted> byResource = new EnumMap<>(Resource.class);
			if (this.hinted != null) {
				this.hinted.forEach((resource, hints) -> byResource.put(Resource.valueOf(resource), hints));
			}
			return new SyncState(new ConnectionId(this.id), this.epoch,
					(this.position != null) ? this.position : Position.START, byResource, this.requested);
		}

	}

	MongoSyncStates(MongoDatabase database) {
		this.states = new PreparedCollection<>(database.getCollection("syncStates", State.class),
				new IndexModel(Indexes.ascending("source")));
	}

	@Override
	public SyncState claim(ConnectionId connection, SourceId source, Instant now) {
		Await.one(this.states.get()
			.updateOne(is(connection), Updates.max("epoch", SyncState.leastEpoch(now) - 1), UPSERT));
		// An owner hints at every chain itself, and so begins with asking all of them.
		List<Bson> updates = new ArrayList<>(dirty(Resource.ALL));
		updates.add(Updates.set("source", source.value()));
		updates.add(Updates.inc("epoch", 1L));
		return Await.answer(this.states.get().findOneAndUpdate(is(connection), Updates.combine(updates), AFTER)).read();
	}

	@Override
	public @Nullable SyncState find(ConnectionId connection) {
		State found = Await.one(this.states.get().find(is(connection)).first());
		return (found != null) ? found.read() : null;
	}

	@Override
	public SyncState raiseEpoch(SyncState state) {
		return update(state, List.of(Updates.inc("epoch", 1L)));
	}

	@Override
	public SyncState save(SyncState state) {
		return update(state, List.of(position(state)));
	}

	@Override
	public SyncState saveHeard(SyncState state, Requested heard) {
		State saved = Await.one(this.states.get()
			.findOneAndUpdate(Filters.and(owned(state.connection(), state.epoch()), Filters.eq("requested", heard)),
					Updates.combine(position(state), Updates.unset("requested")), AFTER));
		return (saved != null) ? saved.read() : save(state);
	}

	@Override
	public SyncState saveRequesting(SyncState state, Requested request) {
		return update(state, List.of(position(state), Updates.set("requested", request)));
	}

	@Override
	public void hinted(SourceId source, Collection<Resource> resources, Instant at) {
		List<Bson> updates = new ArrayList<>(dirty(resources));
		resources.forEach((resource) -> updates.add(Updates.max("hinted." + resource.name() + ".at", Date.from(at))));
		Await.one(this.states.get().updateMany(Filters.eq("source", source.value()), Updates.combine(updates)));
	}

	@Override
	public void hintsLost() {
		Await.one(this.states.get().updateMany(Filters.empty(), Updates.combine(dirty(Resource.ALL))));
	}

	@Override
	public void requested(ConnectionId connection, Requested request) {
		Await.one(this.states.get().updateOne(is(connection), Updates.setOnInsert("epoch", 0L), UPSERT));
		Bson replaceable = (request.mode() == RunMode.FULL) ? is(connection)
				: Filters.and(is(connection), Filters.ne("requested.mode", RunMode.FULL.name()));
		Await.one(this.states.get().updateOne(replaceable, Updates.set("requested", request)));
	}

	@Override
	public void resyncWanted(ConnectionId connection, Instant lostAt) {
		// No upsert: whoever claims a connection without a state begins with a FULL run.
		Await.one(this.states.get()
			.updateOne(Filters.and(is(connection), Filters.not(Filters.gte("position.fullAt", Date.from(lostAt)))),
					Updates.set("requested", new Requested(RunMode.FULL, RunTrigger.RESYNC, null))));
	}

	private SyncState update(SyncState state, List<Bson> updates) {
		State updated = Await.one(this.states.get()
			.findOneAndUpdate(owned(state.connection(), state.epoch()), Updates.combine(updates), AFTER));
		if (updated == null) {
			throw new OwnershipLost(state.connection(), state.epoch());
		}
		return updated.read();
	}

	private static List<Bson> dirty(Collection<Resource> resources) {
		return resources.stream().map((resource) -> Updates.inc("hinted." + resource.name() + ".count", 1L)).toList();
	}

	private static Bson position(SyncState state) {
		return Updates.set("position", state.position());
	}

	private static Bson is(ConnectionId connection) {
		return Filters.eq("_id", connection.value());
	}

	private static Bson owned(ConnectionId connection, long epoch) {
		return Filters.and(is(connection), Filters.eq("epoch", epoch));
	}

}
