package io.rollcall.connector.mongo;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.connector.flow.Runs;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Runs in {@code runs}. */
final class MongoRuns implements Runs {

	private final MongoCollection<Document> runs;

	private final Mono<String> indexed;

	MongoRuns(MongoDatabase database) {
		this.runs = database.getCollection("runs");
		this.indexed = Mono
			.defer(() -> Mono.from(this.runs
				.createIndex(Indexes.compoundIndex(Indexes.ascending("connection"), Indexes.descending("startedAt")))))
			.cacheInvalidateIf((_) -> false);
	}

	@Override
	public Mono<Void> save(Entry run) {
		Document document = new Document("_id", run.id().value()).append("connection", run.connection().value())
			.append("mode", run.mode().name())
			.append("trigger", run.trigger().name())
			.append("by", run.by())
			.append("state", run.state().name())
			.append("counts", RunDocuments.counts(run.counts()))
			.append("problem", Problems.write(run.problem()))
			.append("startedAt", Times.write(run.startedAt()))
			.append("endedAt", Times.write(run.endedAt()));
		return this.indexed.then(Mono.from(
				this.runs.replaceOne(Filters.eq("_id", run.id().value()), document, new ReplaceOptions().upsert(true))))
			.then();
	}

	@Override
	public Flux<Entry> newest(ConnectionId connection, int limit) {
		return Flux
			.from(this.runs.find(Filters.eq("connection", connection.value()))
				.sort(Sorts.descending("startedAt"))
				.limit(limit))
			.map((run) -> new Entry(new RunId(run.getString("_id")), connection, RunMode.valueOf(run.getString("mode")),
					RunTrigger.valueOf(run.getString("trigger")), run.getString("by"),
					State.valueOf(run.getString("state")), RunDocuments.counts(run.get("counts", Document.class)),
					Problems.read(run.get("problem", Document.class)), Times.required(run, "startedAt"),
					Times.read(run, "endedAt")));
	}

}
