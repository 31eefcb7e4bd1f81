package io.rollcall.reconciler.mongo.coordinate;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.rollcall.model.event.EventFormat;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.conversions.Bson;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the flow keeps, as documents: in the JSON of events, so that ids, times and counts
 * look here as they do there.
 */
public final class States {

	private static final int DUPLICATE_KEY = 11000;

	private static final JsonMapper JSON = EventFormat.json()
		.rebuild()
		.changeDefaultVisibility((visible) -> visible.withFieldVisibility(Visibility.ANY))
		.build();

	private States() {
	}

	/** A state as a document. */
	public static Document of(Object state) {
		return Document.parse(JSON.writeValueAsString(state));
	}

	/** Reads a document's {@code state}. */
	public static <T> T state(Document document, Class<T> type) {
		return JSON.readValue(document.get("state", Document.class).toJson(), type);
	}

	/** That the ids of a connection, or of a part of it, start with it and a colon. */
	public static Bson startingWith(String start) {
		return Filters.and(Filters.gt("_id", start + ":"), Filters.lt("_id", start + ";"));
	}

	/** Inserts what is not there yet: whether none of it was. */
	static boolean insert(MongoCollection<Document> into, List<Document> documents) {
		if (documents.isEmpty()) {
			return true;
		}
		try {
			Await.answer(into.insertMany(documents, new InsertManyOptions().ordered(false)));
			return true;
		}
		catch (MongoBulkWriteException ex) {
			if (ex.getWriteConcernError() != null
					|| ex.getWriteErrors().stream().anyMatch((error) -> error.getCode() != DUPLICATE_KEY)) {
				throw ex;
			}
			return false;
		}
	}

}
