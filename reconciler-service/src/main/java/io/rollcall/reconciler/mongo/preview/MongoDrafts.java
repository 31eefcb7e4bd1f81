package io.rollcall.reconciler.mongo.preview;

import java.util.Date;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.reconciler.flow.preview.Drafts;
import io.rollcall.reconciler.mongo.ConnectionDocuments;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * A document a connection. It outlives the draft, without rules, so that a version is
 * never given twice.
 */
public final class MongoDrafts implements Drafts {

	private static final String VERSION = "version";

	private static final String RULES = "rules";

	private final MongoCollection<Document> drafts;

	public MongoDrafts(MongoDatabase database) {
		this.drafts = database.getCollection("drafts");
	}

	@Override
	public @Nullable Draft find(ConnectionId connection) {
		Document found = Await.one(this.drafts.find(Filters.eq("_id", connection.value())).first());
		return (found != null && found.containsKey(RULES)) ? draft(found) : null;
	}

	@Override
	public @Nullable Draft save(Draft draft, @Nullable Integer over) {
		String id = draft.connection().value();
		Bson next = Updates.combine(Updates.inc(VERSION, 1), Updates.set("madeFrom", draft.madeFrom()),
				Updates.set(RULES, ConnectionDocuments.document(draft.rules())), Updates.set("by", draft.by()),
				Updates.set("at", Date.from(draft.at())));
		FindOneAndUpdateOptions options = new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER);
		if (over != null) {
			Document saved = Await.one(this.drafts.findOneAndUpdate(version(id, over), next, options));
			return (saved != null) ? draft(saved) : null;
		}
		try {
			return draft(Await.answer(this.drafts.findOneAndUpdate(Filters.eq("_id", id), next, options.upsert(true))));
		}
		catch (MongoCommandException ex) {
			if (ErrorCategory.fromErrorCode(ex.getErrorCode()) != ErrorCategory.DUPLICATE_KEY) {
				throw ex;
			}
			// The first draft of all was saved by two at once.
			return null;
		}
	}

	@Override
	public boolean discard(ConnectionId connection, int version) {
		return Await
			.answer(this.drafts.updateOne(version(connection.value(), version),
					Updates.combine(Updates.inc(VERSION, 1), Updates.unset(RULES), Updates.unset("by"))))
			.getModifiedCount() > 0;
	}

	private static Bson version(String id, int version) {
		return Filters.and(Filters.eq("_id", id), Filters.eq(VERSION, version), Filters.exists(RULES));
	}

	private static Draft draft(Document document) {
		return new Draft(new ConnectionId(document.getString("_id")), document.getInteger(VERSION),
				document.getInteger("madeFrom"), ConnectionDocuments.rules(document.get(RULES, Document.class)),
				document.getString("by"), document.getDate("at").toInstant());
	}

}
