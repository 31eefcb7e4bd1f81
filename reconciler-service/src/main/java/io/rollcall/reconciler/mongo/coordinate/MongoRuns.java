package io.rollcall.reconciler.mongo.coordinate;

import java.time.Instant;
import java.util.Date;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.reconciler.flow.apply.WrittenByOthers;
import io.rollcall.reconciler.flow.coordinate.Run;
import io.rollcall.reconciler.flow.coordinate.Runs;
import io.rollcall.reconciler.mongo.Inserts;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/** A document a run; it goes some time after the run's end. */
public final class MongoRuns implements Runs {

	private final MongoCollection<Document> runs;

	public MongoRuns(MongoDatabase database) {
		this.runs = database.getCollection("runs");
	}

	@Override
	public List<Run> open(ConnectionId connection) {
		return Await
			.all(this.runs.find(Filters.and(Filters.eq("connection", connection.value()), Filters.eq("open", true)))
				.sort(Sorts.ascending("at", "_id")))
			.stream()
			.map(MongoRuns::run)
			.toList();
	}

	@Override
	public void save(Run run) {
		long version = run.nextVersion();
		Instant endedAt = run.endedAt();
		Document document = new Document("_id", id(run.head().connection(), run.id()))
			.append("connection", run.head().connection().value())
			.append("at", Date.from(run.head().at()))
			.append((endedAt != null) ? "expireAt" : "open",
					(endedAt != null) ? Date.from(endedAt.plus(States.KEPT)) : true)
			.append("state", States.of(run));
		Bson stored = Filters.and(Filters.eq("_id", document.get("_id")), Filters.eq("state.version", version - 1));
		boolean saved = (version == 1) ? Inserts.missing(this.runs, List.of(document))
				: Await.answer(this.runs.replaceOne(stored, document)).getMatchedCount() > 0;
		if (!saved) {
			throw new WrittenByOthers("run " + run.id() + " was written by another owner");
		}
	}

	@Override
	public void remove(Run run) {
		Await.answer(this.runs.deleteOne(Filters.eq("_id", id(run.head().connection(), run.id()))));
	}

	@Override
	public @Nullable Run find(ConnectionId connection, RunId run) {
		Document found = Await.one(this.runs.find(Filters.eq("_id", id(connection, run))).first());
		return (found != null) ? run(found) : null;
	}

	@Override
	public List<Run> newest(ConnectionId connection, @Nullable String before, int limit) {
		Document last = (before != null)
				? Await.one(this.runs.find(Filters.eq("_id", connection + ":" + before)).first()) : null;
		Bson older = (last != null)
				? Filters.or(Filters.lt("at", last.getDate("at")),
						Filters.and(Filters.eq("at", last.getDate("at")), Filters.lt("_id", last.getString("_id"))))
				: Filters.empty();
		return Await
			.all(this.runs.find(Filters.and(Filters.eq("connection", connection.value()), older))
				.sort(Sorts.descending("at", "_id"))
				.limit(limit))
			.stream()
			.map(MongoRuns::run)
			.toList();
	}

	private static Run run(Document document) {
		return States.state(document, Run.class);
	}

	private static String id(ConnectionId connection, RunId run) {
		return connection + ":" + run;
	}

}
