package io.rollcall.reconciler.mongo.coordinate;

import java.util.Collection;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.reconciler.flow.coordinate.ToDecide;
import io.rollcall.reconciler.mongo.Inserts;
import io.rollcall.support.mongo.Await;
import org.bson.Document;

/** A document an item, its id saying all. */
public final class MongoToDecide implements ToDecide {

	private final MongoCollection<Document> items;

	public MongoToDecide(MongoDatabase database) {
		this.items = database.getCollection("toDecide");
	}

	@Override
	public void add(ConnectionId connection, String queue, Collection<String> added) {
		Inserts.missing(this.items,
				added.stream().map((item) -> new Document("_id", id(connection, queue, item))).toList());
	}

	@Override
	public List<String> next(ConnectionId connection, String queue, int limit) {
		int start = id(connection, queue, "").length();
		return Await
			.all(this.items.find(States.startingWith(connection + ":" + queue))
				.sort(Sorts.ascending("_id"))
				.limit(limit))
			.stream()
			.map((document) -> document.getString("_id").substring(start))
			.toList();
	}

	@Override
	public void forget(ConnectionId connection, String queue, Collection<String> done) {
		if (!done.isEmpty()) {
			Await.answer(this.items
				.deleteMany(Filters.in("_id", done.stream().map((item) -> id(connection, queue, item)).toList())));
		}
	}

	private static String id(ConnectionId connection, String queue, String item) {
		return connection + ":" + queue + ":" + item;
	}

}
