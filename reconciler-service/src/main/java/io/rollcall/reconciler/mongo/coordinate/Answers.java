package io.rollcall.reconciler.mongo.coordinate;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Waits for what the database answers; what is inserted may be inserted again. */
final class Answers {

	/** Longer means that something hangs: it is tried again. */
	static final Duration LONGEST = Duration.ofSeconds(30);

	private static final int DUPLICATE_KEY = 11000;

	private Answers() {
	}

	static <T> @Nullable T first(Publisher<T> publisher) {
		return Mono.from(publisher).block(LONGEST);
	}

	static <T> T one(Publisher<T> publisher) {
		return Objects.requireNonNull(first(publisher));
	}

	static <T> List<T> all(Publisher<T> publisher) {
		return Objects.requireNonNull(Flux.from(publisher).collectList().block(LONGEST));
	}

	/** Inserts a document unless there is one with its id: whether there was none. */
	static boolean insert(MongoCollection<Document> into, Document document) {
		try {
			one(into.insertOne(document));
			return true;
		}
		catch (MongoWriteException ex) {
			if (ex.getError().getCode() != DUPLICATE_KEY) {
				throw ex;
			}
			return false;
		}
	}

	/** Inserts what is not there yet. */
	static void insertMissing(MongoCollection<Document> into, List<Document> documents) {
		if (documents.isEmpty()) {
			return;
		}
		try {
			one(into.insertMany(documents, new InsertManyOptions().ordered(false)));
		}
		catch (MongoBulkWriteException ex) {
			if (ex.getWriteConcernError() != null
					|| ex.getWriteErrors().stream().anyMatch((error) -> error.getCode() != DUPLICATE_KEY)) {
				throw ex;
			}
		}
	}

}
