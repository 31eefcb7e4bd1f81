package io.rollcall.reconciler.mongo.run;

import java.util.Collection;
import java.util.Date;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.reconciler.flow.run.HeldSet;
import io.rollcall.reconciler.flow.run.HeldSets;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.nin;

/** Held sets, a document each. */
public final class MongoHeldSets implements HeldSets {

	private final MongoCollection<Document> sets;

	public MongoHeldSets(MongoDatabase database) {
		this.sets = database.getCollection("heldSets");
	}

	@Override
	public Mono<HeldSet> hold(HeldSet set) {
		return Mono.from(this.sets.insertOne(document(set)))
			.thenReturn(set)
			.onErrorResume(Documents::duplicateKey, (known) -> reopen(set));
	}

	@Override
	public Mono<Void> supersede(ConnectionId connection, Collection<String> exceptHashes) {
		return Mono.from(
				this.sets.updateMany(and(eq("connection", connection.value()), eq("status", HeldSet.Status.OPEN.name()),
						nin("hash", exceptHashes)), Updates.set("status", HeldSet.Status.SUPERSEDED.name())))
			.then();
	}

	@Override
	public Mono<HeldSet> find(ConnectionId connection, String hash) {
		return Mono.from(this.sets.find(eq("_id", id(connection, hash))).first()).map(MongoHeldSets::set);
	}

	@Override
	public Flux<HeldSet> of(ConnectionId connection, int limit) {
		Bson all = eq("connection", connection.value());
		Bson open = eq("status", HeldSet.Status.OPEN.name());
		return Flux
			.concat(this.sets.find(and(all, open)).sort(Sorts.descending("at")).limit(limit),
					this.sets.find(and(all, nin("status", HeldSet.Status.OPEN.name())))
						.sort(Sorts.descending("at"))
						.limit(limit))
			.take(limit)
			.map(MongoHeldSets::set);
	}

	@Override
	public Mono<HeldSet> move(HeldSet read, HeldSet.Status to, @Nullable String by) {
		return update(and(same(read), eq("status", read.status().name())),
				Updates.combine(Updates.set("status", to.name()), Updates.set("by", by)));
	}

	@Override
	public Mono<HeldSet> pagePublished(HeldSet set, int page) {
		return update(same(set), Updates.max("released", page));
	}

	/** The same set once more after it was superseded: it is held as if it were new. */
	private Mono<HeldSet> reopen(HeldSet set) {
		return Mono
			.from(this.sets.findOneAndReplace(and(same(set), eq("status", HeldSet.Status.SUPERSEDED.name())),
					document(set)))
			.thenReturn(set)
			.flatMap((reopened) -> find(reopened.connection(), reopened.hash()));
	}

	private Mono<HeldSet> update(Bson filter, Bson update) {
		return Mono
			.from(this.sets.findOneAndUpdate(filter, update,
					new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)))
			.map(MongoHeldSets::set);
	}

	private static Bson same(HeldSet set) {
		return eq("_id", id(set.connection(), set.hash()));
	}

	private static String id(ConnectionId connection, String hash) {
		return connection + ":" + hash;
	}

	private static Document document(HeldSet set) {
		return new Document("_id", id(set.connection(), set.hash())).append("organization", set.organization().value())
			.append("connection", set.connection().value())
			.append("run", set.run().value())
			.append("kind", set.kind().name())
			.append("hash", set.hash())
			.append("count", set.count())
			.append("total", set.total())
			.append("limit", set.limit())
			.append("pages", set.pages())
			.append("status", set.status().name())
			.append("at", Date.from(set.at()))
			.append("by", set.by())
			.append("released", set.released());
	}

	private static HeldSet set(Document document) {
		return new HeldSet(new OrganizationId(document.getString("organization")),
				new ConnectionId(document.getString("connection")), new RunId(document.getString("run")),
				GuardedKind.valueOf(document.getString("kind")), document.getString("hash"), document.getLong("count"),
				document.getLong("total"), document.getString("limit"), document.getList("pages", String.class),
				HeldSet.Status.valueOf(document.getString("status")), document.getDate("at").toInstant(),
				document.getString("by"), document.getInteger("released"));
	}

}
