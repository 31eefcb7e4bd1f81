package io.rollcall.reconciler.mongo;

import java.util.List;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoClientException;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.bulk.BulkWriteResult;
import io.rollcall.reconciler.flow.apply.Unavailable;
import io.rollcall.reconciler.flow.apply.WrittenByOthers;
import io.rollcall.support.mongo.Await;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.reactivestreams.Publisher;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the database's errors mean for a batch, which is delivered again. */
public final class Answers {

	private static final int DUPLICATE_KEY = 11000;

	private Answers() {
	}

	/** What a publisher gives; it must give something. */
	static <T> T await(Mono<T> answer) {
		try {
			return Await.answer(answer);
		}
		catch (MongoServerException | MongoClientException ex) {
			throw isOfTheData(ex) ? ex : new Unavailable("MongoDB failed", ex);
		}
		catch (MongoException | IllegalStateException ex) {
			throw new Unavailable("MongoDB does not answer", ex);
		}
	}

	/**
	 * Waits for bulk writes side by side, of single documents that are each conditional
	 * or an insert. All have ended when it returns, also where one fails.
	 */
	static void write(List<Publisher<BulkWriteResult>> writes, int documents) {
		int stored = await(Flux.fromIterable(writes)
			.flatMapDelayError(Answers::stored, writes.size(), 1)
			.onErrorMap(Exceptions::isMultiple, (all) -> Exceptions.unwrapMultiple(all).getFirst())
			.reduce(0, Integer::sum));
		if (stored < documents) {
			throw new WrittenByOthers(
					"%d of %d documents were written by others".formatted(documents - stored, documents));
		}
	}

	/** How many documents were stored; those whose keys others took were not. */
	private static Mono<Integer> stored(Publisher<BulkWriteResult> write) {
		return Mono.from(write)
			.onErrorResume(MongoBulkWriteException.class,
					(ex) -> isOnlyOfKeys(ex) ? Mono.just(ex.getWriteResult()) : Mono.error(ex))
			.map((result) -> result.getInsertedCount() + result.getMatchedCount());
	}

	/** Whether all that was not stored was refused as others took its key. */
	public static boolean isOnlyOfKeys(MongoBulkWriteException failure) {
		return !failure.getWriteErrors().isEmpty() && failure.getWriteConcernError() == null
				&& failure.getWriteErrors().stream().allMatch((error) -> error.getCode() == DUPLICATE_KEY);
	}

	/** The document as it was read. */
	static BsonDocument unchanged(String id, long revision) {
		return new BsonDocument(Fields.ID, new BsonString(id)).append(Fields.REVISION, new BsonInt64(revision));
	}

	/** Whether it fails for these documents, and not for all. */
	private static boolean isOfTheData(MongoException failure) {
		return (failure instanceof MongoBulkWriteException bulk && !bulk.getWriteErrors().isEmpty())
				|| (failure instanceof MongoCommandException command && !(failure instanceof MongoWriteConcernException)
						&& isOfTheData(command.getErrorCode()));
	}

	/** A value that cannot be stored, a document that is too large. */
	private static boolean isOfTheData(int code) {
		return code == 2 || code == 9 || code == 14 || code == 10334 || code == 17280;
	}

}
