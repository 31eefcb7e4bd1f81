package io.rollcall.reconciler.mongo.coordinate;

import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.reconciler.flow.coordinate.Restates;
import io.rollcall.support.mongo.Await;
import org.bson.Document;

/** A document an object. */
public final class MongoRestates implements Restates {

	private final MongoCollection<Document> restates;

	public MongoRestates(MongoDatabase database) {
		this.restates = database.getCollection("restates");
	}

	@Override
	public void add(ConnectionId connection, ObjectId object, Instant at) {
		Await.answer(this.restates.updateOne(Filters.eq("_id", connection + ":" + object),
				Updates.set("at", Date.from(at)), new UpdateOptions().upsert(true)));
	}

	@Override
	public Due due(ConnectionId connection, Instant now, int limit) {
		List<Document> found = Await.all(this.restates.find(StateCodecs.ofConnection(connection.value()))
			.sort(Sorts.ascending("at"))
			.limit(limit + 1));
		List<ObjectId> due = found.stream()
			.limit(limit)
			.filter((document) -> !document.getDate("at").toInstant().isAfter(now))
			.map((document) -> new ObjectId(document.getString("_id").substring(connection.value().length() + 1)))
			.toList();
		return new Due(due, (due.size() < found.size()) ? found.get(due.size()).getDate("at").toInstant() : null);
	}

	@Override
	public void forget(ConnectionId connection, Collection<ObjectId> objects) {
		Await.answer(this.restates
			.deleteMany(Filters.in("_id", objects.stream().map((object) -> connection + ":" + object).toList())));
	}

}
