package io.rollcall.notifier.mongo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.notifier.flow.FiledAlert;
import io.rollcall.notifier.flow.Mails;
import io.rollcall.notifier.rules.Alert.Mailing;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.support.mongo.Await;
import io.rollcall.support.mongo.PreparedCollection;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * A document an inbox, with cursors: none larger than {@code last} was filed,
 * {@code wanted} the largest that is to be mailed, {@code mailed} the last that was, and
 * {@code upTo} where the mail ends that is on its way. A claim is nothing but a later
 * {@code due}: a mail whose claimer died becomes due by itself. What comes while a mail
 * is on its way waits in {@code next}.
 */
public final class MongoMails implements Mails {

	/** So many cursors are noted at once, before the first of them is behind us. */
	private static final long NOTED_AHEAD = 100;

	private final PreparedCollection<Document> inboxes;

	private final Duration gather;

	private final InstantSource clock;

	/**
	 * @param gather how long changes are gathered into one mail
	 */
	public MongoMails(MongoDatabase database, Duration gather, InstantSource clock) {
		this.inboxes = new PreparedCollection<>(database.getCollection("inboxes"),
				new IndexModel(Indexes.ascending("due"), new IndexOptions().name("due").sparse(true)));
		this.gather = gather;
		this.clock = clock;
	}

	/** No larger cursor was filed in the inbox; 0 where none is noted. */
	Mono<Long> noted(InboxId inbox) {
		return Mono.from(this.inboxes.get().find(Filters.eq("_id", inbox.toString())))
			.map((document) -> document.getLong("last"))
			.defaultIfEmpty(0L);
	}

	@Override
	public void note(List<FiledAlert> alerts) {
		List<FiledAlert> noted = alerts.stream()
			.filter((filed) -> filed.alert().mailing() != Mailing.NONE || filed.cursor() % NOTED_AHEAD == 1)
			.toList();
		if (noted.isEmpty()) {
			return;
		}
		List<UpdateOneModel<Document>> updates = new ArrayList<>();
		noted.stream()
			.collect(Collectors.groupingBy((filed) -> filed.alert().inbox()))
			.forEach((inbox, filed) -> updates.add(new UpdateOneModel<>(Filters.eq("_id", inbox.toString()),
					noting(filed), new UpdateOptions().upsert(true))));
		MongoCollection<Document> collection = this.inboxes.get();
		Await.one(Mono.defer(() -> Mono.from(collection.bulkWrite(updates)))
			.retryWhen(Retry.max(3).filter(MongoInboxes::lostARace)));
	}

	/** Of what was filed in one inbox. */
	private List<Bson> noting(List<FiledAlert> filed) {
		Document set = new Document("last", op("$max", "$last", Math.ceilDiv(last(filed), NOTED_AHEAD) * NOTED_AHEAD));
		List<FiledAlert> mailed = filed.stream().filter((one) -> one.alert().mailing() != Mailing.NONE).toList();
		if (!mailed.isEmpty()) {
			boolean atOnce = mailed.stream().anyMatch((one) -> one.alert().mailing() == Mailing.AT_ONCE);
			Date due = Date.from(atOnce ? this.clock.instant() : this.clock.instant().plus(this.gather));
			Document isNew = op("$gt", last(mailed), op("$ifNull", "$mailed", 0L));
			Document isOnItsWay = op("$gt", "$upTo", null);
			Document isWaiting = op("$and", isNew, op("$not", isOnItsWay));
			set.append("wanted", op("$max", "$wanted", last(mailed)))
				.append("due", op("$cond", isWaiting, op("$min", "$due", due), "$due"))
				.append("next", op("$cond", op("$and", isNew, isOnItsWay), op("$min", "$next", due), "$next"));
		}
		return List.of(new Document("$set", set));
	}

	private static long last(List<FiledAlert> filed) {
		return filed.stream().mapToLong(FiledAlert::cursor).max().orElseThrow();
	}

	@Override
	public @Nullable Claim claim(Duration lease) {
		Instant now = this.clock.instant();
		List<Bson> claiming = List.of(new Document("$set",
				new Document("due", Date.from(now.plus(lease)))
					.append("attempts", op("$add", op("$ifNull", "$attempts", 0), 1))
					.append("upTo", op("$ifNull", "$upTo", "$wanted"))));
		Document claimed = Await.one(this.inboxes.get()
			.findOneAndUpdate(Filters.lte("due", Date.from(now)), claiming,
					new FindOneAndUpdateOptions().sort(Sorts.ascending("due")).returnDocument(ReturnDocument.AFTER)));
		return (claimed == null) ? null
				: new Claim(inbox(claimed), Objects.requireNonNullElse(claimed.getLong("mailed"), 0L),
						claimed.getLong("upTo"), claimed.getInteger("attempts"));
	}

	@Override
	public boolean done(Claim claim) {
		Object due = op("$cond", op("$gt", "$wanted", claim.upTo()),
				op("$ifNull", "$next", Date.from(this.clock.instant())), "$$REMOVE");
		return update(claim, List.of(new Document("$set", new Document("mailed", claim.upTo()).append("due", due)),
				new Document("$unset", List.of("upTo", "next", "attempts"))));
	}

	@Override
	public boolean postpone(Claim claim, Duration pause) {
		return update(claim,
				List.of(new Document("$set", new Document("due", Date.from(this.clock.instant().plus(pause))))));
	}

	@Override
	public long waiting() {
		return Await.answer(this.inboxes.get().countDocuments(Filters.exists("due")));
	}

	private boolean update(Claim claim, List<Bson> update) {
		Bson held = Filters.and(Filters.eq("_id", claim.inbox().toString()), Filters.eq("upTo", claim.upTo()),
				Filters.eq("attempts", claim.attempts()));
		return Await.answer(this.inboxes.get().updateOne(held, update)).getMatchedCount() == 1;
	}

	private static InboxId inbox(Document document) {
		return InboxId.parse(document.getString("_id"));
	}

	/** An operator of the aggregation language. */
	private static Document op(String name, @Nullable Object... operands) {
		return new Document(name, Arrays.asList(operands));
	}

}
