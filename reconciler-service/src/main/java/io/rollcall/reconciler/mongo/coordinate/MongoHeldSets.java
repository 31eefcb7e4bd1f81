package io.rollcall.reconciler.mongo.coordinate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.reconciler.flow.coordinate.HeldSets;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** A document a set; it goes some time after it was judged. */
public final class MongoHeldSets implements HeldSets {

	private final MongoCollection<Document> sets;

	public MongoHeldSets(MongoDatabase database) {
		this.sets = StateCodecs.collection(database, "heldSets");
	}

	@Override
	public void add(HeldSet set) {
		Inserts.insertMissing(this.sets,
				List.of(new Document("_id", set.connection() + ":" + set.hash())
					.append("connection", set.connection().value())
					.append("at", Date.from(set.at()))
					.append("status", set.status().name())
					.append("state", set)));
	}

	@Override
	public @Nullable HeldSet find(ConnectionId connection, String hash) {
		Document found = Await.one(this.sets.find(Filters.eq("_id", connection + ":" + hash)).first());
		return (found != null) ? StateCodecs.state(found, HeldSet.class) : null;
	}

	@Override
	public List<HeldSet> of(ConnectionId connection, HeldSet.@Nullable Status status, int limit) {
		Bson ofStatus = (status != null) ? Filters.eq("status", status.name()) : Filters.empty();
		return Await
			.all(this.sets.find(Filters.and(Filters.eq("connection", connection.value()), ofStatus))
				.sort(Sorts.descending("at"))
				.limit(limit))
			.stream()
			.map((document) -> StateCodecs.state(document, HeldSet.class))
			.toList();
	}

	@Override
	public boolean judge(ConnectionId connection, String hash, HeldSet.Status status, @Nullable List<String> only,
			@Nullable String by, Instant at) {
		List<Bson> judged = new ArrayList<>(List.of(Updates.set("status", status.name()),
				Updates.set("state.status", status), Updates.set("state.by", by), Updates.set("state.judgedAt", at),
				Updates.set("expireAt", Date.from(at.plus(CoordinationIndexes.KEPT)))));
		if (only != null) {
			judged.add(Updates.set("state.only", only));
		}
		Bson theSame = Filters.and(Filters.eq("status", status.name()), Filters.eq("state.by", by),
				Filters.eq("state.judgedAt", at));
		return Await.answer(this.sets.updateOne(
				Filters.and(Filters.eq("_id", connection + ":" + hash),
						Filters.or(Filters.eq("status", HeldSet.Status.OPEN.name()), theSame)),
				Updates.combine(judged)))
			.getMatchedCount() > 0;
	}

	@Override
	public void reopen(ConnectionId connection, String hash) {
		Await.answer(this.sets.updateOne(
				Filters.and(Filters.eq("_id", connection + ":" + hash),
						Filters.eq("status", HeldSet.Status.APPROVED.name())),
				Updates.combine(Updates.set("status", HeldSet.Status.OPEN.name()),
						Updates.set("state.status", HeldSet.Status.OPEN), Updates.set("state.only", null),
						Updates.set("state.by", null), Updates.set("state.judgedAt", null),
						Updates.unset("expireAt"))));
	}

}
