package io.rollcall.reconciler.mongo;

import com.mongodb.bulk.BulkWriteResult;
import io.rollcall.reconciler.flow.Outrun;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;

/** Conditional bulk writes: the condition, and whether every document met it. */
final class BulkResults {

	static final int DUPLICATE_KEY = 11000;

	private BulkResults() {
	}

	/** The document as it was read. */
	static BsonDocument unchanged(String id, long version) {
		return new BsonDocument("_id", new BsonString(id)).append("version", new BsonInt64(version));
	}

	static void expect(BulkWriteResult result, int written, String noun) {
		int stored = result.getInsertedCount() + result.getMatchedCount();
		if (stored < written) {
			throw new Outrun(
					"%d of %d %s were written by somebody else meanwhile".formatted(written - stored, written, noun));
		}
	}

}
