package io.rollcall.reconciler.mongo.coordinate;

import java.util.Collection;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.progress.Progress.ContainersChanged;
import io.rollcall.reconciler.flow.coordinate.ChangedContainers;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** A document a container, its id saying all. */
public final class MongoChangedContainers implements ChangedContainers {

	private final MongoCollection<Document> containers;

	public MongoChangedContainers(MongoDatabase database) {
		this.containers = database.getCollection("containers");
	}

	@Override
	public void add(ConnectionId connection, @Nullable RunId run, Collection<ContainersChanged.Container> changed) {
		Inserts.insertMissing(this.containers,
				changed.stream().map((one) -> new Document("_id", id(connection, run, one))).toList());
	}

	@Override
	public List<ContainersChanged.Container> next(ConnectionId connection, @Nullable RunId run, int limit) {
		String group = connection + ":" + ((run != null) ? run.value() : "");
		return Await
			.all(this.containers.find(Filters.and(Filters.gt("_id", group + ":"), Filters.lt("_id", group + ";")))
				.sort(Sorts.ascending("_id"))
				.limit(limit))
			.stream()
			.map((document) -> Container.parse(document.getString("_id").substring(group.length() + 1)))
			.map((container) -> new ContainersChanged.Container(container.kind(), container.object()))
			.toList();
	}

	@Override
	public void forget(ConnectionId connection, @Nullable RunId run, Collection<ContainersChanged.Container> done) {
		if (!done.isEmpty()) {
			Await.answer(this.containers
				.deleteMany(Filters.in("_id", done.stream().map((one) -> id(connection, run, one)).toList())));
		}
	}

	private static String id(ConnectionId connection, @Nullable RunId run, ContainersChanged.Container container) {
		return connection + ":" + ((run != null) ? run.value() : "") + ":" + MongoDirectory.code(container);
	}

}
