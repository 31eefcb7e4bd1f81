package io.rollcall.connector.mongo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.rules.Epochs;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Sync states in {@code syncStates}: one document a connection, one write a step. */
final class MongoSyncStates implements SyncStates {

	private static final FindOneAndUpdateOptions AFTER = new FindOneAndUpdateOptions()
		.returnDocument(ReturnDocument.AFTER);

	private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

	private static final int MOST_PEOPLE = 1000;

	private final MongoCollection<Document> states;

	MongoSyncStates(MongoDatabase database) {
		this.states = database.getCollection("syncStates");
	}

	@Override
	public Mono<SyncState> claim(ConnectionId connection, Instant now) {
		// An owner hints at every chain itself, and so begins with a delta run.
		List<Bson> dirty = Resource.ALL.stream()
			.map((resource) -> Updates.inc("chains." + resource.name() + ".hints", 1L))
			.toList();
		return Mono
			.from(this.states.updateOne(Filters.eq("_id", connection.value()), Updates.setOnInsert("epoch", 0L),
					UPSERT))
			.then(peek(connection))
			.flatMap((there) -> raise(there, now, dirty))
			.retryWhen(reactor.util.retry.Retry.max(5).filter(OwnershipLost.class::isInstance));
	}

	@Override
	public Mono<SyncState> read(ConnectionId connection, long epoch) {
		return Mono.from(this.states.find(owned(connection, epoch)).first())
			.map(SyncDocuments::read)
			.switchIfEmpty(Mono.error(() -> new OwnershipLost(connection, epoch)));
	}

	@Override
	public Mono<SyncState> peek(ConnectionId connection) {
		return Mono.from(this.states.find(Filters.eq("_id", connection.value())).first()).map(SyncDocuments::read);
	}

	@Override
	public Mono<SyncState> raiseEpoch(SyncState state, Instant now) {
		return raise(state, now, List.of());
	}

	@Override
	public Mono<SyncState> save(SyncState state) {
		return update(state, SyncDocuments.owned(state));
	}

	@Override
	public Mono<SyncState> saveWithRequest(SyncState state) {
		List<Bson> updates = new ArrayList<>(SyncDocuments.owned(state));
		updates.add(SyncDocuments.requested(state.requested()));
		return update(state, updates);
	}

	@Override
	public Mono<SyncState> saveHeard(SyncState state, SyncState.Requested heard) {
		List<Bson> updates = new ArrayList<>(SyncDocuments.owned(state));
		updates.add(SyncDocuments.requested(null));
		return Mono
			.from(this.states.findOneAndUpdate(Filters.and(owned(state.connection(), state.epoch()),
					Filters.eq("requested", SyncDocuments.document(heard))), Updates.combine(updates), AFTER))
			.map(SyncDocuments::read)
			.switchIfEmpty(Mono.defer(() -> save(state)));
	}

	@Override
	public Mono<SyncState> saveSubscription(SyncState state, Resource resource,
			SyncState.@Nullable Subscribed subscription) {
		String field = "subscriptions." + resource.name();
		SyncState.Subscribed before = state.subscriptions().get(resource);
		List<Bson> updates = new ArrayList<>();
		updates.add((subscription != null) ? Updates.set(field, SyncDocuments.subscribed(subscription))
				: Updates.unset(field));
		if (before != null) {
			updates.add(Updates.pull("reauthorize", before.id()));
		}
		return update(state, updates);
	}

	@Override
	public Mono<SyncState> personRead(SyncState state, SyncState.Person person) {
		return update(state, List.of(Updates.pull("people", SyncDocuments.person(person))));
	}

	@Override
	public Mono<Void> hinted(ConnectionId connection, Collection<Resource> resources, Instant at) {
		List<Bson> updates = new ArrayList<>();
		for (Resource resource : resources) {
			updates.add(Updates.inc("chains." + resource.name() + ".hints", 1L));
			updates.add(Updates.max("chains." + resource.name() + ".hintedAt", Date.from(at)));
		}
		return add(connection, Updates.combine(updates));
	}

	@Override
	public Mono<Void> requested(ConnectionId connection, SyncState.Requested request) {
		if (request.mode() == RunMode.FULL) {
			return add(connection, SyncDocuments.requested(request));
		}
		// The insert that is tried where a FULL run is wanted fails, and leaves it there.
		return Mono
			.from(this.states.updateOne(
					Filters.and(Filters.eq("_id", connection.value()),
							Filters.ne("requested.mode", RunMode.FULL.name())),
					Updates.combine(SyncDocuments.requested(request), Updates.setOnInsert("epoch", 0L)), UPSERT))
			.onErrorComplete(MongoSyncStates::isThere)
			.then();
	}

	@Override
	public Mono<Void> resyncWanted(ConnectionId connection, Instant lostAt) {
		// No upsert: whoever claims a connection without a state begins with a FULL run.
		return Mono.from(this.states.updateOne(
				Filters.and(Filters.eq("_id", connection.value()),
						Filters.not(Filters.gte("fullAt", Date.from(lostAt)))),
				SyncDocuments.requested(new SyncState.Requested(RunMode.FULL, RunTrigger.RESYNC, null))))
			.then();
	}

	@Override
	public Mono<Void> personWanted(ConnectionId connection, Collection<SyncState.Person> reads) {
		return add(connection, Updates.pushEach("people", reads.stream().map(SyncDocuments::person).toList(),
				new PushOptions().slice(-MOST_PEOPLE)));
	}

	@Override
	public Mono<Void> reauthorizationWanted(ConnectionId connection, String subscription) {
		return add(connection, Updates.addToSet("reauthorize", subscription));
	}

	private Mono<SyncState> raise(SyncState there, Instant now, List<Bson> more) {
		List<Bson> updates = new ArrayList<>(more);
		updates.add(Updates.set("epoch", Epochs.next(there.epoch(), now)));
		return update(there, updates);
	}

	private Mono<SyncState> update(SyncState state, List<Bson> updates) {
		return Mono
			.from(this.states.findOneAndUpdate(owned(state.connection(), state.epoch()), Updates.combine(updates),
					AFTER))
			.map(SyncDocuments::read)
			.switchIfEmpty(Mono.error(() -> new OwnershipLost(state.connection(), state.epoch())));
	}

	private Mono<Void> add(ConnectionId connection, Bson update) {
		return Mono
			.from(this.states.updateOne(Filters.eq("_id", connection.value()),
					Updates.combine(update, Updates.setOnInsert("epoch", 0L)), UPSERT))
			.then();
	}

	private static boolean isThere(Throwable failure) {
		return failure instanceof MongoWriteException write
				&& write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
	}

	private static Bson owned(ConnectionId connection, long epoch) {
		return Filters.and(Filters.eq("_id", connection.value()), Filters.eq("epoch", epoch));
	}

}
