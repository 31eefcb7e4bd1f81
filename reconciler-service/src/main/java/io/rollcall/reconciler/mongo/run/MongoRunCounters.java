package io.rollcall.reconciler.mongo.run;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
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

/**
 * Counts in a document for each partition of a run, beside the changes that were counted
 * there and may be published again. The first try takes everything as new; only when the
 * batch overlaps what was counted is each change looked up.
 */
public final class MongoRunCounters implements RunCounters {

	private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

	private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

	private final MongoCollection<Document> counts;

	private final MongoRunIndexes indexes;

	private final InstantSource clock;

	public MongoRunCounters(MongoDatabase database, InstantSource clock) {
		this.counts = RunCountDocuments.collection(database);
		this.indexes = new MongoRunIndexes(database);
		this.clock = clock;
	}

	@Override
	public Mono<Void> add(List<OfPartition> partitions) {
		List<Place> places = partitions.stream().flatMap((partition) -> Place.of(partition).stream()).toList();
		List<WriteModel<Document>> fresh = places.stream().map(this::fresh).toList();
		return this.indexes.ready()
			.then(Mono.from(this.counts.bulkWrite(fresh, UNORDERED)))
			.then()
			.onErrorResume(MongoBulkWriteException.class, (failure) -> overlapping(failure, places));
	}

	private WriteModel<Document> fresh(Place place) {
		return new UpdateOneModel<>(and(eq("_id", place.id()), lt("upTo", place.from())),
				adding(place.applied(), new Counted(place.from(), place.upTo(), hashes(place.applied()))), UPSERT);
	}

	/** What was taken as new and is not fails as an insert of what is there. */
	private Mono<Void> overlapping(MongoBulkWriteException failure, List<Place> places) {
		if (failure.getWriteConcernError() != null
				|| failure.getWriteErrors().stream().anyMatch((error) -> error.getCode() != Documents.DUPLICATE_KEY)) {
			return Mono.error(failure);
		}
		return Flux.fromIterable(failure.getWriteErrors())
			.map(BulkWriteError::getIndex)
			.concatMap((index) -> overlapping(places.get(index)))
			.then();
	}

	/**
	 * Whoever lost the partition may count only after its next owner has counted the same
	 * records and further ones: then everything up to there is counted.
	 */
	private Mono<Void> overlapping(Place place) {
		return Mono.from(this.counts.find(eq("_id", place.id())).first()).flatMap((document) -> {
			Counted before = Counted.of(document);
			if (place.upTo() < before.from()) {
				return Mono.just(true);
			}
			List<Applied> uncounted = place.applied()
				.stream()
				.filter((one) -> !before.changes().contains(hash(one)))
				.toList();
			return Mono
				.from(this.counts.updateOne(
						and(eq("_id", place.id()), eq("from", before.from()), eq("upTo", before.upTo()),
								eq("changes", document.get("changes"))),
						adding(uncounted, before.plus(place.upTo(), hashes(uncounted)))))
				.map((result) -> result.getMatchedCount() == 1);
		})
			.filter((stored) -> stored)
			.switchIfEmpty(Mono.error(() -> new Outrun("the counts " + place.id() + " were written by somebody else")))
			.then();
	}

	private Bson adding(List<Applied> applied, Counted counted) {
		ApplyCounts sum = applied.stream().map(Applied::counts).reduce(ApplyCounts.NONE, ApplyCounts::plus);
		List<Bson> updates = new ArrayList<>();
		RunDocuments.fields(sum).forEach((name, count) -> updates.add(Updates.inc("applied." + name, count)));
		updates.add(Updates.set("from", counted.from()));
		updates.add(Updates.set("upTo", counted.upTo()));
		updates.add(Updates.set("changes", counted.binary()));
		updates.add(Updates.set("expireAt", RunDocuments.expiry(this.clock.instant())));
		return Updates.combine(updates);
	}

	private static Set<Long> hashes(List<Applied> applied) {
		return applied.stream().map(MongoRunCounters::hash).collect(Collectors.toSet());
	}

	/** Half a name-based UUID: among some thousand changes no two share it. */
	private static Long hash(Applied one) {
		return UUID.nameUUIDFromBytes(one.change().getBytes(StandardCharsets.UTF_8)).getMostSignificantBits();
	}

	/** What is counted in one document. */
	private record Place(String id, long from, long upTo, List<Applied> applied) {

		private static List<Place> of(OfPartition partition) {
			return partition.applied()
				.stream()
				.collect(Collectors
					.groupingBy((one) -> RunCountDocuments.id(one.connection(), one.run(), partition.partition())))
				.entrySet()
				.stream()
				.map((entry) -> new Place(entry.getKey(), partition.from(), partition.upTo(), entry.getValue()))
				.toList();
		}

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

		private Binary binary() {
			ByteBuffer bytes = ByteBuffer.allocate(this.changes.size() * Long.BYTES);
			this.changes.forEach(bytes::putLong);
			return new Binary(bytes.array());
		}

	}

}
