package io.rollcall.reconciler.mongo.coordinate;

import java.util.List;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.rollcall.support.mongo.Await;
import org.bson.Document;

/** What is inserted may be inserted again. */
final class Inserts {

	private static final int DUPLICATE_KEY = 11000;

	private Inserts() {
	}

	/** Inserts a document unless there is one with its id: whether there was none. */
	static boolean insert(MongoCollection<Document> into, Document document) {
		try {
			Await.answer(into.insertOne(document));
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
			Await.answer(into.insertMany(documents, new InsertManyOptions().ordered(false)));
		}
		catch (MongoBulkWriteException ex) {
			if (ex.getWriteConcernError() != null
					|| ex.getWriteErrors().stream().anyMatch((error) -> error.getCode() != DUPLICATE_KEY)) {
				throw ex;
			}
		}
	}

}
