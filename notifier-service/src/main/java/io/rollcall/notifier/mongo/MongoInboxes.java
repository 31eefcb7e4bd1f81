package io.rollcall.notifier.mongo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.FindPublisher;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.notifier.flow.FiledAlert;
import io.rollcall.notifier.flow.Inboxes;
import io.rollcall.notifier.rules.Alert;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.support.mongo.Await;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Inboxes in MongoDB: a document an alert. How cursors are won is told in the
 * {@code flow} package.
 */
public final class MongoInboxes implements Inboxes {

	private static final int MOST_ATTEMPTS = 200;

	private static final Duration CONTENTION_PAUSE = Duration.ofMillis(2);

	private static final Duration LONGEST_CONTENTION_PAUSE = Duration.ofMillis(50);

	private final PreparedCollection<AlertDocument> alerts;

	private final MongoMails mails;

	private final InstantSource clock;

	/**
	 * @param mails remembers the largest cursors
	 * @param kept how long an alert is kept; longer than events can be delivered again
	 */
	public MongoInboxes(MongoDatabase database, MongoMails mails, Duration kept, InstantSource clock) {
		this.alerts = new PreparedCollection<>(database.getCollection("alerts", AlertDocument.class),
				PreparedCollection.expire(database, "alerts", AlertDocument.FILED_AT, kept), AlertDocument.indexes());
		this.mails = mails;
		this.clock = clock;
	}

	@Override
	public List<FiledAlert> file(Collection<Alert> alerts) {
		// Prepared here: what follows runs on the driver's threads, which must not wait.
		this.alerts.get();
		Map<String, Alert> distinct = new LinkedHashMap<>();
		alerts.forEach((alert) -> distinct.putIfAbsent(alert.key(), alert));
		Collection<InboxId> inboxes = distinct.values().stream().map(Alert::inbox).distinct().toList();
		// As if nothing had been filed before: nearly always so, and then it is one
		// write.
		return Await.answer(lastOf(inboxes).flatMap((lasts) -> insert(behind(lasts, distinct.values())))
			.onErrorResume(MongoInboxes::lostARace,
					(failure) -> Mono.defer(() -> fileMissing(distinct, inboxes))
						.retryWhen(Retry.backoff(MOST_ATTEMPTS, CONTENTION_PAUSE)
							.maxBackoff(LONGEST_CONTENTION_PAUSE)
							.filter(MongoInboxes::lostARace))));
	}

	/** After a lost race, or when the alerts come again. */
	private Mono<List<FiledAlert>> fileMissing(Map<String, Alert> alerts, Collection<InboxId> inboxes) {
		Mono<Map<String, FiledAlert>> known = Flux.from(this.alerts.get().find(Filters.in("_id", alerts.keySet())))
			.map(AlertDocument::read)
			.collectMap((filed) -> filed.alert().key());
		return Mono.zip(known, lastOf(inboxes)).flatMap((both) -> {
			Map<String, FiledAlert> filed = new HashMap<>(both.getT1());
			List<Alert> missing = alerts.values().stream().filter((alert) -> !filed.containsKey(alert.key())).toList();
			List<FiledAlert> numbered = behind(both.getT2(), missing);
			numbered.forEach((alert) -> filed.put(alert.alert().key(), alert));
			return insert(numbered).thenReturn(alerts.keySet().stream().map(filed::get).toList());
		});
	}

	private List<FiledAlert> behind(Map<InboxId, Long> lasts, Collection<Alert> alerts) {
		// As exact as the database keeps it, so that it is the same when read again.
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
		Map<InboxId, Long> cursors = new HashMap<>(lasts);
		List<FiledAlert> numbered = new ArrayList<>(alerts.size());
		for (Alert alert : alerts) {
			numbered.add(new FiledAlert(alert, cursors.merge(alert.inbox(), 1L, Long::sum), now, null));
		}
		return numbered;
	}

	/** In order, and no further than the first number that somebody else has won. */
	private Mono<List<FiledAlert>> insert(List<FiledAlert> alerts) {
		return alerts.isEmpty() ? Mono.just(alerts)
				: Mono.from(this.alerts.get()
					.insertMany(alerts.stream().map(AlertDocument::of).toList(), new InsertManyOptions().ordered(true)))
					.thenReturn(alerts);
	}

	static boolean lostARace(Throwable failure) {
		return failure instanceof MongoBulkWriteException bulk && bulk.getWriteErrors()
			.stream()
			.anyMatch((error) -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
	}

	@Override
	public List<FiledAlert> page(InboxId inbox, @Nullable Long before, boolean unreadOnly, int limit) {
		List<Bson> filters = new ArrayList<>(List.of(AlertDocument.in(inbox), AlertDocument.isShown()));
		if (unreadOnly) {
			filters.add(AlertDocument.isUnread());
		}
		if (before != null) {
			filters.add(Filters.lt(AlertDocument.CURSOR, before));
		}
		return read(find(filters).sort(Sorts.descending(AlertDocument.CURSOR)).limit(limit));
	}

	@Override
	public List<FiledAlert> after(InboxId inbox, long cursor, int limit) {
		return read(find(
				List.of(AlertDocument.in(inbox), AlertDocument.isShown(), Filters.gt(AlertDocument.CURSOR, cursor)))
			.sort(Sorts.ascending(AlertDocument.CURSOR))
			.limit(limit));
	}

	@Override
	public List<FiledAlert> toMail(InboxId inbox, long after, long upTo, int limit) {
		return read(find(List.of(AlertDocument.in(inbox), Filters.gt(AlertDocument.CURSOR, after),
				Filters.lte(AlertDocument.CURSOR, upTo), AlertDocument.isMailed()))
			.sort(Sorts.ascending(AlertDocument.CURSOR))
			.limit(limit));
	}

	@Override
	public long last(InboxId inbox) {
		return Await.answer(lastOf(inbox));
	}

	private Mono<Map<InboxId, Long>> lastOf(Collection<InboxId> inboxes) {
		return Flux.fromIterable(inboxes)
			.flatMap((inbox) -> lastOf(inbox).map((last) -> Map.entry(inbox, last)))
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	/** The newest alert's; what is noted where all have expired. */
	private Mono<Long> lastOf(InboxId inbox) {
		return Mono
			.from(this.alerts.get().find(AlertDocument.in(inbox)).sort(Sorts.descending(AlertDocument.CURSOR)).limit(1))
			.map(AlertDocument::cursor)
			.switchIfEmpty(Mono.defer(() -> this.mails.noted(inbox)));
	}

	@Override
	public long unread(InboxId inbox) {
		return Await
			.answer(this.alerts.get().countDocuments(Filters.and(AlertDocument.in(inbox), AlertDocument.isUnread())));
	}

	@Override
	public boolean markRead(InboxId inbox, String alert) {
		Bson one = Filters.and(Filters.eq("_id", inbox.organization() + ":" + alert), AlertDocument.in(inbox),
				AlertDocument.isShown());
		return Await.answer(this.alerts.get().updateOne(one, AlertDocument.reading(this.clock.instant())))
			.getMatchedCount() == 1;
	}

	@Override
	public long markAllRead(InboxId inbox, long upTo) {
		Bson all = Filters.and(AlertDocument.in(inbox), AlertDocument.isUnread(),
				Filters.lte(AlertDocument.CURSOR, upTo));
		return Await.answer(this.alerts.get().updateMany(all, AlertDocument.reading(this.clock.instant())))
			.getModifiedCount();
	}

	private FindPublisher<AlertDocument> find(List<Bson> filters) {
		return this.alerts.get().find(Filters.and(filters));
	}

	private static List<FiledAlert> read(FindPublisher<AlertDocument> documents) {
		return Await.all(documents).stream().map(AlertDocument::read).toList();
	}

}
