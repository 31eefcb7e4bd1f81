package io.rollcall.support.mongo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.run.RunEvent;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;
import org.bson.Document;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Dead letters in the service's own database. The connections that were told of one stand
 * in a collection of their own until none of their letters waits: what is told after that
 * is told also when the letters expired, or the process died in between.
 */
final class MongoDeadLetters implements DeadLetters {

	private static final Logger log = LoggerFactory.getLogger(MongoDeadLetters.class);

	/** As everything with people in it. */
	private static final Duration KEPT = Duration.ofDays(14);

	private final PreparedCollection<Document> letters;

	private final MongoCollection<Document> told;

	/**
	 * Looked up when one is needed, as notices are: they may need what needs dead
	 * letters.
	 */
	private final ObjectProvider<DeadLetters.Redrive> redrives;

	private final ObjectProvider<DeadLetters.Notices> notices;

	private final String service;

	private final InstantSource clock;

	/**
	 * @param service whose dead letters they are, such as {@code connector}
	 */
	MongoDeadLetters(MongoDatabase database, ObjectProvider<DeadLetters.Redrive> redrives,
			ObjectProvider<DeadLetters.Notices> notices, String service, InstantSource clock) {
		// One index for the newest and for the end of all; connections are few.
		this.letters = new PreparedCollection<>(database.getCollection("deadLetters"),
				new IndexModel(Indexes.descending("at"),
						new IndexOptions().name("expiry").expireAfter(KEPT.toSeconds(), TimeUnit.SECONDS)));
		this.told = database.getCollection("deadLettersTold");
		this.redrives = redrives;
		this.notices = notices;
		this.service = service;
		this.clock = clock;
	}

	@Override
	public void save(DeadLetter letter) {
		Await.one(this.letters.get()
			.replaceOne(Filters.eq("_id", letter.id()), document(letter), new ReplaceOptions().upsert(true)));
		if (letter.organization() != null && letter.connection() != null) {
			Document connection = new Document("_id", letter.connection().value()).append("organization",
					letter.organization().value());
			Await.one(this.told.replaceOne(Filters.eq("_id", letter.connection().value()), connection,
					new ReplaceOptions().upsert(true)));
			this.notices.getObject()
				.publish("dead-letter:" + letter.id(), new RunEvent.DeadLetterWaiting(letter.organization(),
						letter.connection(), this.service, letter.id(), letter.problem(), letter.at()));
		}
	}

	@Override
	public List<DeadLetter> newest(int limit) {
		return Await.all(this.letters.get().find().sort(Sorts.descending("at")).limit(limit))
			.stream()
			.map(MongoDeadLetters::letter)
			.toList();
	}

	@Override
	public long count() {
		return Await.answer(this.letters.get().countDocuments());
	}

	@Override
	public Optional<DeadLetter> redrive(String id) {
		Optional<DeadLetter> found = find(id);
		found.ifPresent((letter) -> {
			if (this.redrives.orderedStream().noneMatch((redrive) -> redrive.redrive(letter))) {
				throw new IllegalStateException("nothing in this service can redrive dead letter " + id);
			}
			remove(id, "redriven");
		});
		return found;
	}

	@Override
	public Optional<DeadLetter> discard(String id) {
		Optional<DeadLetter> found = find(id);
		found.ifPresent((letter) -> remove(id, "discarded"));
		return found;
	}

	void settleOrLog() {
		try {
			settle();
		}
		catch (RuntimeException ex) {
			log.warn("Whether dead letters have expired could not be seen, asked again later: {}", ex.toString());
		}
	}

	/** Tells of the connections of which no letter waits any more. */
	void settle() {
		for (Document connection : Await.all(this.told.find())) {
			String id = connection.getString("_id");
			if (Await.one(this.letters.get().find(Filters.eq("connection", id)).limit(1).first()) == null) {
				Instant now = this.clock.instant();
				this.notices.getObject()
					.publish("dead-letters-settled:" + id + ":" + now,
							new RunEvent.DeadLettersSettled(new OrganizationId(connection.getString("organization")),
									new ConnectionId(id), this.service, now));
				Await.one(this.told.deleteOne(Filters.eq("_id", id)));
			}
		}
	}

	private Optional<DeadLetter> find(String id) {
		return Optional.ofNullable(Await.one(this.letters.get().find(Filters.eq("_id", id)).first()))
			.map(MongoDeadLetters::letter);
	}

	private void remove(String id, String how) {
		Await.one(this.letters.get().deleteOne(Filters.eq("_id", id)));
		log.info("Dead letter {} was {}", id, how);
		settle();
	}

	/** What is asked for, and the letter as JSON. */
	private static Document document(DeadLetter letter) {
		return new Document("_id", letter.id())
			.append("connection", (letter.connection() != null) ? letter.connection().value() : null)
			.append("at", Date.from(letter.at()))
			.append("letter", EventFormat.json().writeValueAsString(letter));
	}

	private static DeadLetter letter(Document document) {
		return EventFormat.json().readValue(document.getString("letter"), DeadLetter.class);
	}

}
