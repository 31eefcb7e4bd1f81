package io.rollcall.support.mongo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.concurrent.TimeUnit;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.support.IdempotentAnswers;
import org.bson.Document;

/**
 * A document a key: {@code {_id, request, at, status?, contentType?, location?, body?}}.
 */
final class MongoIdempotentAnswers implements IdempotentAnswers {

	private static final Duration KEPT = Duration.ofDays(1);

	private static final Duration LONGEST = Duration.ofMinutes(1);

	private final MongoCollection<Document> answers;

	private final InstantSource clock;

	private volatile boolean indexed;

	MongoIdempotentAnswers(MongoDatabase database, InstantSource clock) {
		this.answers = database.getCollection("idempotentAnswers");
		this.clock = clock;
	}

	@Override
	public Begun begin(String key, String request) {
		index();
		Instant now = this.clock.instant();
		try {
			Await.one(this.answers
				.insertOne(new Document("_id", key).append("request", request).append("at", Date.from(now))));
			return new Begun.Now();
		}
		catch (MongoWriteException ex) {
			if (ex.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
				throw ex;
			}
		}
		Document found = Await.one(this.answers.find(Filters.eq("_id", key)).first());
		if (found == null) {
			return new Begun.Already();
		}
		if (!request.equals(found.getString("request"))) {
			return new Begun.Otherwise();
		}
		if (found.getInteger("status") != null) {
			return new Begun.Before(new Answer(found.getInteger("status"), found.getString("contentType"),
					found.getString("location"), found.getString("body")));
		}
		return takesOver(found, now) ? new Begun.Now() : new Begun.Already();
	}

	/** Whoever began it has died, and nobody else goes on. */
	private boolean takesOver(Document begun, Instant now) {
		Date at = begun.getDate("at");
		return at.toInstant().plus(LONGEST).isBefore(now)
				&& Await
					.answer(this.answers.updateOne(Filters.and(Filters.eq("_id", begun.getString("_id")),
							Filters.eq("at", at), Filters.exists("status", false)), Updates.set("at", Date.from(now))))
					.getModifiedCount() > 0;
	}

	@Override
	public void answered(String key, Answer answer) {
		Await.one(this.answers.updateOne(Filters.eq("_id", key),
				Updates.combine(Updates.set("status", answer.status()),
						Updates.set("contentType", answer.contentType()), Updates.set("location", answer.location()),
						Updates.set("body", answer.body()))));
	}

	@Override
	public void forget(String key) {
		Await.one(this.answers.deleteOne(Filters.eq("_id", key)));
	}

	private void index() {
		if (!this.indexed) {
			Await.one(this.answers.createIndex(Indexes.ascending("at"),
					new IndexOptions().expireAfter(KEPT.toSeconds(), TimeUnit.SECONDS)));
			this.indexed = true;
		}
	}

}
