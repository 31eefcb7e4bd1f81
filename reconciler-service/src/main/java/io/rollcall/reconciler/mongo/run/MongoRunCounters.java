package io.rollcall.reconciler.mongo.run;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.run.ApplyCounts;
import io.rollcall.reconciler.flow.Outrun;
import io.rollcall.reconciler.flow.RunCounters;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.bson.types.Binary;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.or;

/**
 * Counts in the run's document, a place for each partition, beside the changes that were
 * counted there and may be published again. The first try takes everything as new; only
 * when the batch overlaps what was counted is each change looked up.
 */
public final class MongoRunCounters implements RunCounters {

	private final MongoCollection<Document> runs;

	private final InstantSource clock;

	public MongoRunCounters(MongoDatabase database, InstantSource clock) {
		this.runs = database.getCollection("runs");
		this.clock = clock;
	}

	@Override
	public Mono<Void> add(int partition, long from, long upTo, List<Applied> applied) {
		Map<String, List<Applied>> byRun = applied.stream()
			.collect(Collectors.groupingBy((one) -> RunDocuments.id(one.connection(), one.run())));
		return Flux.fromIterable(byRun.entrySet())
			.flatMap((entry) -> fresh(entry.getKey(), partition, from, upTo, entry.getValue()))
			.then();
	}

	private Mono<Void> fresh(String run, int partition, long from, long upTo, List<Applied> applied) {
		String counted = "counted." + partition;
		Bson nothingAgain = or(exists(counted, false), lt(counted + ".upTo", from));
		return Mono.from(this.runs.updateOne(and(eq("_id", run), nothingAgain),
				adding(partition, applied, new Counted(from, upTo, hashes(applied))), new UpdateOptions().upsert(true)))
			.then()
			.onErrorResume(Documents::duplicateKey, (overlap) -> overlapping(run, partition, from, upTo, applied));
	}

	/**
	 * Whoever lost the partition may count only after its next owner has counted the same
	 * records and further ones: then everything up to there is counted.
	 */
	private Mono<Void> overlapping(String run, int partition, long from, long upTo, List<Applied> applied) {
		String counted = "counted." + partition;
		return Mono.from(this.runs.find(eq("_id", run)).projection(Projections.include(counted)).first())
			.flatMap((document) -> {
				Document known = document.getEmbedded(List.of("counted", String.valueOf(partition)), Document.class);
				Bson unchanged = (known != null) ? eq(counted, known) : exists(counted, false);
				Counted before = (known != null) ? Counted.of(known) : new Counted(from, upTo, Set.of());
				if (upTo < before.from()) {
					return Mono.just(true);
				}
				List<Applied> uncounted = applied.stream()
					.filter((one) -> !before.changes().contains(hash(one)))
					.toList();
				return Mono
					.from(this.runs.updateOne(and(eq("_id", run), unchanged),
							adding(partition, uncounted, before.plus(upTo, hashes(uncounted)))))
					.map((result) -> result.getMatchedCount() == 1);
			})
			.filter((stored) -> stored)
			.switchIfEmpty(Mono.error(() -> new Outrun("the counts of run " + run + " were written by somebody else")))
			.then();
	}

	private Bson adding(int partition, List<Applied> applied, Counted counted) {
		ApplyCounts sum = applied.stream().map(Applied::counts).reduce(ApplyCounts.NONE, ApplyCounts::plus);
		List<Bson> updates = new ArrayList<>();
		RunDocuments.fields(sum)
			.forEach((name, count) -> updates.add(Updates.inc("applied." + partition + "." + name, count)));
		updates.add(Updates.set("counted." + partition, counted.document()));
		updates.add(Updates.setOnInsert("firstSeen", Date.from(this.clock.instant())));
		updates.add(Updates.setOnInsert("expireAt", RunDocuments.expiry(this.clock.instant())));
		return Updates.combine(updates);
	}

	private static Set<Long> hashes(List<Applied> applied) {
		return applied.stream().map(MongoRunCounters::hash).collect(Collectors.toSet());
	}

	/** Half a name-based UUID: among some thousand changes no two share it. */
	private static Long hash(Applied one) {
		return UUID.nameUUIDFromBytes(one.change().getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
	}

	/**
	 * What was counted on a partition, as far back as it may be published again.
	 *
	 * @param from everything before it was counted earlier
	 */
	private record Counted(long from, long upTo, Set<Long> changes) {

		private static Counted of(Document document) {
			LongBuffer longs = ByteBuffer.wrap(document.get("changes", Binary.class).getData()).asLongBuffer();
			Set<Long> changes = new HashSet<>();
			while (longs.hasRemaining()) {
				changes.add(longs.get());
			}
			return new Counted(document.getLong("from"), document.getLong("upTo"), changes);
		}

		private Counted plus(long upTo, Set<Long> more) {
			Set<Long> all = new HashSet<>(this.changes);
			all.addAll(more);
			return new Counted(this.from, Math.max(this.upTo, upTo), all);
		}

		private Document document() {
			ByteBuffer bytes = ByteBuffer.allocate(this.changes.size() * Long.BYTES);
			this.changes.forEach(bytes::putLong);
			return new Document("from", this.from).append("upTo", this.upTo)
				.append("changes", new Binary(bytes.array()));
		}

	}

}
