package io.rollcall.notifier.mongo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.notifier.flow.FiledAlert;
import io.rollcall.notifier.flow.Inboxes;
import io.rollcall.notifier.rules.Alert;
import io.rollcall.notifier.rules.InboxId;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Inboxes in MongoDB: a document an alert, and one an inbox that keeps its largest cursor
 * when alerts expire. How cursors are won is told in the {@code flow} package.
 */
public final class MongoInboxes implements Inboxes {

	private static final int MOST_ATTEMPTS = 200;

	private static final Duration CONTENTION_PAUSE = Duration.ofMillis(2);

	private static final Duration LONGEST_CONTENTION_PAUSE = Duration.ofMillis(50);

	private final MongoCollection<Document> alerts;

	private final MongoCollection<Document> inboxes;

	private final InstantSource clock;

	private final KnownCursors cursors = new KnownCursors();

	private final Mono<Void> prepared;

	/**
	 * @param kept how long an alert is kept; longer than events can be delivered again
	 */
	public MongoInboxes(MongoDatabase database, Duration kept, InstantSource clock) {
		this.alerts = database.getCollection("alerts");
		this.inboxes = database.getCollection("inboxes");
		this.clock = clock;
		this.prepared = Collections.once(Collections.index(this.alerts, AlertDocuments.indexes())
			.then(Collections.expire(database, this.alerts, "filedAt", kept)));
	}

	@Override
	public Mono<List<FiledAlert>> file(Collection<Alert> alerts) {
		Map<String, Alert> distinct = new LinkedHashMap<>();
		alerts.forEach((alert) -> distinct.putIfAbsent(alert.key(), alert));
		return this.prepared.then(Mono.defer(() -> fileAsNew(distinct)))
			.onErrorResume(MongoInboxes::lostARace,
					(failure) -> Mono.defer(() -> fileMissing(distinct))
						.retryWhen(Retry.backoff(MOST_ATTEMPTS, CONTENTION_PAUSE)
							.maxBackoff(LONGEST_CONTENTION_PAUSE)
							.filter(MongoInboxes::lostARace)));
	}

	/**
	 * With the cursors as this instance knows them and as if nothing had been filed
	 * before: nearly always so, and then it is one write.
	 */
	private Mono<List<FiledAlert>> fileAsNew(Map<String, Alert> alerts) {
		return Flux.fromIterable(inboxesOf(alerts))
			.flatMap((inbox) -> this.cursors.known(inbox)
				.switchIfEmpty(Mono.defer(() -> last(inbox)))
				.map((last) -> Map.entry(inbox, last)))
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.flatMap((lasts) -> insert(behind(lasts, alerts.values())));
	}

	/** After a lost race, or when the alerts come again. */
	private Mono<List<FiledAlert>> fileMissing(Map<String, Alert> alerts) {
		return Mono.zip(filed(alerts.keySet()), lasts(inboxesOf(alerts))).flatMap((known) -> {
			Map<String, FiledAlert> filed = known.getT1();
			List<Alert> missing = alerts.values().stream().filter((alert) -> !filed.containsKey(alert.key())).toList();
			List<FiledAlert> numbered = behind(known.getT2(), missing);
			numbered.forEach((alert) -> filed.put(alert.alert().key(), alert));
			List<FiledAlert> all = alerts.keySet().stream().map(filed::get).toList();
			return insert(numbered).thenReturn(all);
		});
	}

	private static Collection<InboxId> inboxesOf(Map<String, Alert> alerts) {
		return alerts.values().stream().map(Alert::inbox).distinct().toList();
	}

	private Mono<Map<String, FiledAlert>> filed(Collection<String> keys) {
		return Flux.from(this.alerts.find(Filters.in("_id", keys)))
			.map(AlertDocuments::read)
			.collectMap((filed) -> filed.alert().key(), (filed) -> filed, HashMap::new);
	}

	private Mono<Map<InboxId, Long>> lasts(Collection<InboxId> owners) {
		return Flux.fromIterable(owners)
			.flatMap((inbox) -> last(inbox).map((last) -> Map.entry(inbox, last)))
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private List<FiledAlert> behind(Map<InboxId, Long> lasts, Collection<Alert> alerts) {
		// As exact as the database keeps it, so that it is the same when read again.
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		Map<InboxId, Long> cursors = new HashMap<>(lasts);
		List<FiledAlert> numbered = new ArrayList<>(alerts.size());
		for (Alert alert : alerts) {
			long cursor = cursors.merge(alert.inbox(), 1L, Long::sum);
			numbered.add(new FiledAlert(alert, cursor, now, null));
		}
		return numbered;
	}

	/** In order, and no further than the first number that somebody else has won. */
	private Mono<List<FiledAlert>> insert(List<FiledAlert> alerts) {
		if (alerts.isEmpty()) {
			return Mono.just(alerts);
		}
		return Mono
			.from(this.alerts.insertMany(alerts.stream().map(AlertDocuments::write).toList(),
					new InsertManyOptions().ordered(true)))
			.doOnError((failure) -> this.cursors.forget(alerts))
			.doOnSuccess((done) -> this.cursors.learn(alerts))
			.thenReturn(alerts);
	}

	@Override
	public Mono<Void> remember(List<FiledAlert> alerts) {
		Map<InboxId, Long> lasts = new HashMap<>();
		alerts.forEach((alert) -> lasts.merge(alert.alert().inbox(), alert.cursor(), Math::max));
		List<UpdateOneModel<Document>> updates = lasts.entrySet()
			.stream()
			.map((last) -> new UpdateOneModel<Document>(Filters.eq("_id", last.getKey().toString()),
					Updates.combine(Updates.max("last", last.getValue()),
							Updates.setOnInsert("organization", last.getKey().organization().value())),
					new UpdateOptions().upsert(true)))
			.toList();
		return Mono.defer(() -> Mono.from(this.inboxes.bulkWrite(updates)))
			.retryWhen(Retry.max(3).filter(MongoInboxes::lostARace))
			.then();
	}

	private static boolean lostARace(Throwable failure) {
		return failure instanceof MongoBulkWriteException bulk && bulk.getWriteErrors()
			.stream()
			.anyMatch((error) -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
	}

	@Override
	public Flux<FiledAlert> page(InboxId inbox, @Nullable Long before, boolean unreadOnly, int limit) {
		List<Bson> filters = new ArrayList<>(List.of(AlertDocuments.in(inbox)));
		if (unreadOnly) {
			filters.add(Filters.eq("unread", true));
		}
		if (before != null) {
			filters.add(Filters.lt("cursor", before));
		}
		return this.prepared
			.thenMany(Flux
				.defer(() -> this.alerts.find(Filters.and(filters)).sort(Sorts.descending("cursor")).limit(limit)))
			.map(AlertDocuments::read);
	}

	@Override
	public Flux<FiledAlert> after(InboxId inbox, long cursor, int limit) {
		return this.prepared.thenMany(
				Flux.defer(() -> this.alerts.find(Filters.and(AlertDocuments.in(inbox), Filters.gt("cursor", cursor)))
					.sort(Sorts.ascending("cursor"))
					.limit(limit)))
			.map(AlertDocuments::read);
	}

	@Override
	public Mono<Long> last(InboxId inbox) {
		Mono<Long> newest = Mono
			.from(this.alerts.find(AlertDocuments.in(inbox))
				.sort(Sorts.descending("cursor"))
				.projection(Projections.include("cursor"))
				.limit(1))
			.map((alert) -> alert.getLong("cursor"))
			.defaultIfEmpty(0L);
		Mono<Long> kept = Mono.from(this.inboxes.find(Filters.eq("_id", inbox.toString())).first())
			.map((document) -> document.getLong("last"))
			.defaultIfEmpty(0L);
		return this.prepared.then(Mono.zip(newest, kept, Math::max));
	}

	@Override
	public Mono<Long> unread(InboxId inbox) {
		return this.prepared.then(Mono.defer(() -> Mono
			.from(this.alerts.countDocuments(Filters.and(AlertDocuments.in(inbox), Filters.eq("unread", true))))));
	}

	@Override
	public Mono<Boolean> markRead(InboxId inbox, String alert) {
		List<Bson> reading = List.of(AlertDocuments.reading(this.clock.instant()));
		return this.prepared.then(Mono.defer(() -> Mono.from(this.alerts.updateOne(
				Filters.and(Filters.eq("_id", inbox.organization() + ":" + alert), AlertDocuments.in(inbox)),
				reading))))
			.map((result) -> result.getMatchedCount() == 1);
	}

	@Override
	public Mono<Long> markAllRead(InboxId inbox, long upTo) {
		return this.prepared
			.then(Mono.defer(() -> Mono.from(this.alerts.updateMany(
					Filters.and(AlertDocuments.in(inbox), Filters.eq("unread", true), Filters.lte("cursor", upTo)),
					Updates.combine(Updates.set("unread", false),
							Updates.set("readAt", Date.from(this.clock.instant())))))))
			.map((result) -> result.getModifiedCount());
	}

}
