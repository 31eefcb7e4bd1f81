package io.rollcall.notifier.mongo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.notifier.flow.Mails;
import io.rollcall.notifier.rules.Mail;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The outbox in MongoDB. A claim is nothing but a later {@code due}: a mail whose claimer
 * died becomes due by itself.
 */
public final class MongoMails implements Mails {

	private static final String WAITING = "WAITING";

	private final MongoCollection<Document> mails;

	private final InstantSource clock;

	private final Mono<Void> prepared;

	/**
	 * @param kept how long a mail is remembered after it was sent or refused; longer than
	 * events can be delivered again
	 */
	public MongoMails(MongoDatabase database, Duration kept, InstantSource clock) {
		this.mails = database.getCollection("mails");
		this.clock = clock;
		IndexModel due = new IndexModel(Indexes.ascending("status", "due"),
				new IndexOptions().name("due").partialFilterExpression(Filters.eq("status", WAITING)));
		this.prepared = Collections
			.once(Collections.index(this.mails, due).then(Collections.expire(database, this.mails, "endedAt", kept)));
	}

	@Override
	public Mono<Void> queue(Collection<Mail> mails) {
		Date now = Date.from(this.clock.instant());
		List<UpdateOneModel<Document>> inserts = mails.stream()
			.map((mail) -> new UpdateOneModel<Document>(Filters.eq("_id", mail.key()),
					new Document("$setOnInsert",
							MailDocuments.write(mail)
								.append("status", WAITING)
								.append("due", now)
								.append("queuedAt", now)
								.append("attempts", 0)),
					new UpdateOptions().upsert(true)))
			.toList();
		return this.prepared.then(Mono.defer(() -> Mono.from(this.mails.bulkWrite(inserts)))).then();
	}

	@Override
	public Mono<Claim> claim(Duration lease) {
		return this.prepared.then(Mono.defer(() -> {
			Instant now = this.clock.instant();
			Bson claimed = Updates.combine(Updates.set("due", Date.from(now.plus(lease))),
					Updates.set("claim", UUID.randomUUID().toString()), Updates.inc("attempts", 1));
			return Mono.from(this.mails.findOneAndUpdate(
					Filters.and(Filters.eq("status", WAITING), Filters.lte("due", Date.from(now))), claimed,
					new FindOneAndUpdateOptions().sort(Sorts.ascending("due")).returnDocument(ReturnDocument.AFTER)));
		}))
			.map((document) -> new Claim(MailDocuments.read(document), document.getString("claim"),
					document.getInteger("attempts")));
	}

	@Override
	public Mono<Boolean> sent(Claim claim) {
		return end(claim, "SENT", null);
	}

	@Override
	public Mono<Boolean> refused(Claim claim, String reason) {
		return end(claim, "REFUSED", reason);
	}

	@Override
	public Mono<Boolean> postpone(Claim claim, Duration pause, String reason) {
		return note(claim, Updates.set("due", Date.from(this.clock.instant().plus(pause))),
				Updates.set("reason", reason));
	}

	@Override
	public Mono<Long> waiting() {
		return this.prepared
			.then(Mono.defer(() -> Mono.from(this.mails.countDocuments(Filters.eq("status", WAITING)))));
	}

	private Mono<Boolean> end(Claim claim, String status, @Nullable String reason) {
		return note(claim, Updates.set("status", status), Updates.set("endedAt", Date.from(this.clock.instant())),
				Updates.set("reason", reason));
	}

	private Mono<Boolean> note(Claim claim, Bson... updates) {
		List<Bson> all = new ArrayList<>(List.of(updates));
		all.add(Updates.unset("claim"));
		return Mono.defer(() -> Mono.from(this.mails.updateOne(
				Filters.and(Filters.eq("_id", claim.mail().key()), Filters.eq("claim", claim.token())),
				Updates.combine(all))))
			.map((result) -> result.getMatchedCount() == 1);
	}

}
