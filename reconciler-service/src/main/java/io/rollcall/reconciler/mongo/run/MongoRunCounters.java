package io.rollcall.reconciler.mongo.run;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.run.ApplyCounts;
import io.rollcall.reconciler.flow.Outrun;
import io.rollcall.reconciler.flow.RunCounters;
import org.bson.Document;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

/**
 * Counts in the run's document, a place for each partition, with the last offset that was
 * counted. The first try takes a batch whole; only a batch that overlaps what was counted
 * is looked at record by record.
 */
public final class MongoRunCounters implements RunCounters {

	private final MongoCollection<Document> runs;

	private final InstantSource clock;

	public MongoRunCounters(MongoDatabase database, InstantSource clock) {
		this.runs = database.getCollection("runs");
		this.clock = clock;
	}

	@Override
	public Mono<Void> add(int partition, long upTo, List<Applied> applied) {
		Map<String, List<Applied>> byRun = applied.stream()
			.collect(Collectors.groupingBy((one) -> RunDocuments.id(one.connection(), one.run())));
		return Flux.fromIterable(byRun.entrySet())
			.flatMap((entry) -> whole(entry.getKey(), "applied." + partition, upTo, entry.getValue()))
			.then();
	}

	private Mono<Void> whole(String run, String place, long upTo, List<Applied> applied) {
		long first = applied.stream().mapToLong(Applied::offset).min().orElse(upTo);
		Bson fresh = or(exists(place, false), lt(place + ".upTo", first));
		return Mono
			.from(this.runs.updateOne(and(eq("_id", run), fresh), adding(place, upTo, applied),
					new UpdateOptions().upsert(true)))
			.then()
			.onErrorResume(Documents::duplicateKey, (overlap) -> overlapping(run, place, upTo, applied));
	}

	private Mono<Void> overlapping(String run, String place, long upTo, List<Applied> applied) {
		return Mono.from(this.runs.find(eq("_id", run)).first())
			.map((document) -> counted(document, place))
			.filter((counted) -> counted < upTo)
			.flatMap(
					(counted) -> Mono
						.from(this.runs.updateOne(
								and(eq("_id", run),
										(counted < 0) ? exists(place, false) : eq(place + ".upTo", counted)),
								adding(place, upTo, applied.stream().filter((one) -> one.offset() > counted).toList())))
						.filter((result) -> result.getMatchedCount() == 1)
						.switchIfEmpty(Mono
							.error(() -> new Outrun("the counts of run " + run + " were written by somebody else"))))
			.then();
	}

	private Bson adding(String place, long upTo, List<Applied> applied) {
		ApplyCounts sum = applied.stream().map(Applied::counts).reduce(ApplyCounts.NONE, ApplyCounts::plus);
		List<Bson> updates = new ArrayList<>();
		RunDocuments.fields(sum).forEach((name, count) -> updates.add(Updates.inc(place + "." + name, count)));
		updates.add(Updates.set(place + ".upTo", upTo));
		updates.add(Updates.setOnInsert("firstSeen", Date.from(this.clock.instant())));
		return Updates.combine(updates);
	}

	private static long counted(Document run, String place) {
		Document at = run.getEmbedded(List.of(place.split("\\.")), Document.class);
		return (at != null) ? at.getLong("upTo") : -1;
	}

}
