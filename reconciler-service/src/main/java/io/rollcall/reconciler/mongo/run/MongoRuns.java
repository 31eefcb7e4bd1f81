package io.rollcall.reconciler.mongo.run;

import java.time.InstantSource;
import java.util.Date;
import java.util.List;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.run.ApplyCounts;
import io.rollcall.reconciler.flow.run.RunState;
import io.rollcall.reconciler.flow.run.RunWork;
import io.rollcall.reconciler.flow.run.Runs;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.in;

/** Runs, a document each. */
public final class MongoRuns implements Runs {

	private final MongoCollection<Document> runs;

	private final MongoCollection<Document> counts;

	private final MongoRunIndexes indexes;

	private final InstantSource clock;

	public MongoRuns(MongoDatabase database, InstantSource clock) {
		this.runs = database.getCollection("runs");
		this.counts = RunCountDocuments.collection(database);
		this.indexes = new MongoRunIndexes(database);
		this.clock = clock;
	}

	@Override
	public Mono<RunState> mark(List<RunMarker> markers) {
		RunMarker marker = markers.getFirst();
		String marks = "marks." + marker.phase();
		Bson update = Updates.combine(Updates.set("organization", marker.organization().value()),
				Updates.set("connection", marker.connection().value()), Updates.set("run", marker.run().value()),
				Updates.set("mode", marker.mode().name()), Updates.set("trigger", marker.trigger().name()),
				Updates.set("startedAt", Documents.stamp(marker.startedAt())),
				Updates.set("read", RunDocuments.read(marker.counts())),
				Updates.set(marks + ".partitions", marker.partitions()),
				Updates.addEachToSet(marks + ".seen", markers.stream().map(RunMarker::partition).toList()),
				Updates.set("expireAt", RunDocuments.expiry(this.clock.instant())),
				Updates.setOnInsert("firstSeen", Date.from(this.clock.instant())));
		return this.indexes.ready()
			.then(Mono.from(this.runs.findOneAndUpdate(eq("_id", RunDocuments.id(marker.connection(), marker.run())),
					update, new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER))))
			.map(RunDocuments::state)
			// Two partitions may insert at once; the second then finds what the first
			// did.
			.retryWhen(Retry.max(1).filter(Documents::duplicateKey));
	}

	@Override
	public Mono<RunState> find(ConnectionId connection, RunId run) {
		return Mono.from(this.runs.find(eq("_id", RunDocuments.id(connection, run))).first()).map(RunDocuments::state);
	}

	@Override
	public Mono<RunState> save(RunState read, RunWork further) {
		long revision = read.work().revision();
		Bson same = (revision == 0) ? exists("work", false) : eq("work.revision", revision);
		Bson update = Updates.combine(Updates.set("work", RunDocuments.work(further, revision + 1)),
				Updates.set("expireAt", RunDocuments.expiry(this.clock.instant())));
		return Mono
			.from(this.runs.findOneAndUpdate(and(eq("_id", RunDocuments.id(read.connection(), read.run())), same),
					update, new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER)))
			.map(RunDocuments::state);
	}

	@Override
	public Mono<ApplyCounts> applied(ConnectionId connection, RunId run) {
		return Flux
			.from(this.counts.find(in("_id", RunCountDocuments.ids(connection, run)))
				.projection(Projections.include("applied")))
			.map((document) -> RunDocuments.counts(document.get("applied", Document.class)))
			.reduce(ApplyCounts.NONE, ApplyCounts::plus);
	}

	@Override
	public Flux<RunState> newest(ConnectionId connection, int limit) {
		return Flux
			.from(this.runs.find(eq("connection", connection.value())).sort(Sorts.descending("firstSeen")).limit(limit))
			.map(RunDocuments::state);
	}

}
