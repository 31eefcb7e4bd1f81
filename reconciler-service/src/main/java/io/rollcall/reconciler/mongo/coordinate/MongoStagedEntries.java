package io.rollcall.reconciler.mongo.coordinate;

import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.progress.Progress.Staged;
import io.rollcall.reconciler.flow.coordinate.StagedEntries;
import io.rollcall.reconciler.mongo.Inserts;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A document an entry, found by what it waits for, and a document a held set, which goes
 * some time after it was judged.
 */
public final class MongoStagedEntries implements StagedEntries {

	private static final String STATUS = "state.status";

	private static final String ONLY = "state.only";

	private static final String BY = "state.by";

	private static final String JUDGED_AT = "state.judgedAt";

	private final MongoCollection<Document> staged;

	private final MongoCollection<Document> sets;

	public MongoStagedEntries(MongoDatabase database) {
		this.staged = database.getCollection("staged");
		this.sets = database.getCollection("heldSets");
	}

	@Override
	public void add(ConnectionId connection, List<Waiting> entries) {
		Inserts.missing(this.staged, entries.stream().map((waiting) -> document(connection, waiting)).toList());
	}

	@Override
	public List<Waiting> unjudged(ConnectionId connection, @Nullable RunId run, @Nullable String after,
			@Nullable String upTo, int limit) {
		return page(upTo(unjudged(connection, run), upTo), after, limit);
	}

	@Override
	public void hold(HeldSet set, String upTo) {
		Bson members = Filters.and(upTo(unjudged(set.connection(), set.run()), upTo),
				Filters.eq("state.entry.kind", set.kind().name()));
		Await.answer(this.staged.updateMany(members, Updates.set("group", held(set.connection(), set.hash()))));
		add(set);
	}

	@Override
	public void add(HeldSet set) {
		Inserts.missing(this.sets,
				List.of(new Document("_id", set.connection() + ":" + set.hash())
					.append("connection", set.connection().value())
					.append("at", Date.from(set.at()))
					.append("state", States.of(set))));
	}

	@Override
	public @Nullable HeldSet find(ConnectionId connection, String hash) {
		Document found = Await.one(this.sets.find(Filters.eq("_id", connection + ":" + hash)).first());
		return (found != null) ? States.state(found, HeldSet.class) : null;
	}

	@Override
	public List<HeldSet> sets(ConnectionId connection, HeldSet.@Nullable Status status, int limit) {
		Bson ofStatus = (status != null) ? Filters.eq(STATUS, status.name()) : Filters.empty();
		return Await
			.all(this.sets.find(Filters.and(Filters.eq("connection", connection.value()), ofStatus))
				.sort(Sorts.descending("at"))
				.limit(limit))
			.stream()
			.map((document) -> States.state(document, HeldSet.class))
			.toList();
	}

	@Override
	public boolean judge(ConnectionId connection, String hash, HeldSet.Status status, @Nullable List<String> only,
			@Nullable String by, Instant at) {
		Bson theSame = Filters.and(Filters.eq(STATUS, status.name()), Filters.eq(BY, by),
				Filters.eq(JUDGED_AT, at.toString()));
		return Await.answer(this.sets.updateOne(
				Filters.and(Filters.eq("_id", connection + ":" + hash),
						Filters.or(Filters.eq(STATUS, HeldSet.Status.OPEN.name()), theSame)),
				Updates.combine(Updates.set(STATUS, status.name()), Updates.set(BY, by),
						Updates.set(JUDGED_AT, at.toString()), Updates.set(ONLY, only),
						Updates.set("expireAt", Date.from(at.plus(States.KEPT))))))
			.getMatchedCount() > 0;
	}

	@Override
	public void reopen(ConnectionId connection, String hash) {
		Await.answer(this.sets.updateOne(
				Filters.and(Filters.eq("_id", connection + ":" + hash),
						Filters.eq(STATUS, HeldSet.Status.APPROVED.name())),
				Updates.combine(Updates.set(STATUS, HeldSet.Status.OPEN.name()), Updates.unset(ONLY), Updates.unset(BY),
						Updates.unset(JUDGED_AT), Updates.unset("expireAt"))));
	}

	@Override
	public void forget(ConnectionId connection, @Nullable RunId run, String upTo) {
		Await.answer(this.staged.deleteMany(upTo(unjudged(connection, run), upTo)));
	}

	@Override
	public long leave(ConnectionId connection, RunId run) {
		return Await
			.answer(this.staged.updateMany(Filters.eq("group", unjudged(connection, run)),
					Updates.combine(Updates.set("group", unjudged(connection, null)), Updates.unset("state.run"))))
			.getModifiedCount();
	}

	@Override
	public List<Waiting> held(ConnectionId connection, String hash, @Nullable String after, int limit) {
		return page(Filters.eq("group", held(connection, hash)), after, limit);
	}

	@Override
	public List<Found> find(ConnectionId connection, Collection<String> accountsAndTeams) {
		List<Bson> starts = accountsAndTeams.stream().map((id) -> States.startingWith(connection + ":" + id)).toList();
		String held = held(connection, "");
		return starts.isEmpty() ? List.of()
				: Await.all(this.staged.find(Filters.and(Filters.or(starts), Filters.exists("group"))))
					.stream()
					.map((document) -> {
						String group = document.getString("group");
						return new Found(States.state(document, Waiting.class).entry(),
								group.startsWith(held) ? group.substring(held.length()) : null);
					})
					.toList();
	}

	@Override
	public long split(ConnectionId connection, String hash, Collection<String> stay, String hashOfOthers) {
		String others = held(connection, hashOfOthers);
		Await.answer(this.staged.updateMany(
				Filters.and(Filters.eq("group", held(connection, hash)), Filters.nin("state.entry.id", stay)),
				Updates.set("group", others)));
		return Await.answer(this.staged.countDocuments(Filters.eq("group", others)));
	}

	@Override
	public void forget(ConnectionId connection, String hash) {
		Await.answer(this.staged.deleteMany(Filters.eq("group", held(connection, hash))));
	}

	/** Its id says all that is needed. */
	@Override
	public void reject(ConnectionId connection, String hash, Instant at) {
		Await.answer(this.staged.updateMany(Filters.eq("group", held(connection, hash)),
				Updates.combine(Updates.set("expireAt", Date.from(at.plus(States.KEPT))), Updates.unset("group"),
						Updates.unset("state"))));
	}

	private List<Waiting> page(Bson filter, @Nullable String after, int limit) {
		Bson rest = (after != null) ? Filters.and(filter, Filters.gt("state.number", after)) : filter;
		return Await.all(this.staged.find(rest).sort(Sorts.ascending("state.number")).limit(limit))
			.stream()
			.map((document) -> States.state(document, Waiting.class))
			.toList();
	}

	private static Bson upTo(String group, @Nullable String last) {
		Bson all = Filters.eq("group", group);
		return (last != null) ? Filters.and(all, Filters.lte("state.number", last)) : all;
	}

	private static String unjudged(ConnectionId connection, @Nullable RunId run) {
		return connection + ":" + ((run != null) ? run.value() : "");
	}

	private static String held(ConnectionId connection, String hash) {
		return connection + ":held:" + hash;
	}

	private static Document document(ConnectionId connection, Waiting waiting) {
		Staged.Entry entry = waiting.entry();
		// Apply may tell of an entry again: it is the same one.
		String id = "%s:%s:%s:%s:%d".formatted(connection, entry.id(), entry.kind(), entry.team(), entry.revision());
		return new Document("_id", id).append("group", unjudged(connection, waiting.run()))
			.append("state", States.of(waiting));
	}

}
