package io.rollcall.reconciler.mongo;

import java.util.List;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.rollcall.support.mongo.Await;
import org.bson.Document;

/** Inserts that may be done again. */
public final class Inserts {

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
			if (!Answers.isOnlyOfKeys(ex)) {
				throw ex;
			}
			return false;
		}
	}

}
