package io.rollcall.reconciler.mongo;

import java.util.List;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.rollcall.support.mongo.Await;
import org.bson.Document;

/** Inserts that may be done again. */
public final class Inserts {

	private static final int DUPLICATE_KEY = 11000;

	private Inserts() {
	}

	/** Inserts what is not there yet: whether none of it was. */
	public static boolean missing(MongoCollection<Document> into, List<Document> documents) {
		if (documents.isEmpty()) {
			return true;
		}
		try {
			Await.answer(into.insertMany(documents, new InsertManyOptions().ordered(false)));
			return true;
		}
		catch (MongoBulkWriteException ex) {
			if (!isOnlyOfKeys(ex)) {
				throw ex;
			}
			return false;
		}
	}

	/** Whether a write failed only because others are there under these keys. */
	public static boolean isOnlyOfKeys(MongoBulkWriteException failure) {
		return failure.getWriteConcernError() == null
				&& failure.getWriteErrors().stream().allMatch((error) -> error.getCode() == DUPLICATE_KEY);
	}

}
