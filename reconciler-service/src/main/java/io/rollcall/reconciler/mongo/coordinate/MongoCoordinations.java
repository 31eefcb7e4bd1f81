package io.rollcall.reconciler.mongo.coordinate;

import java.util.Collection;
import java.util.List;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.reconciler.flow.coordinate.Coordination;
import io.rollcall.reconciler.flow.coordinate.Coordinations;
import io.rollcall.reconciler.flow.coordinate.TakenOver;
import io.rollcall.reconciler.flow.coordinate.Versioned;
import io.rollcall.support.mongo.Await;
import org.bson.Document;

/** A document a connection. */
public final class MongoCoordinations implements Coordinations {

	private final MongoDatabase database;

	private final MongoCollection<Document> coordinations;

	public MongoCoordinations(MongoDatabase database) {
		this.database = database;
		this.coordinations = StateCodecs.collection(database, "coordinations");
	}

	@Override
	public void prepare() {
		CoordinationIndexes.create(this.database);
	}

	@Override
	public Versioned<Coordination> claim(Known connection) {
		Document claimed = Await
			.answer(this.coordinations.findOneAndUpdate(Filters.eq("_id", connection.connection().value()),
					Updates.combine(Updates.inc("version", 1L), Updates.inc("epoch", 1L),
							Updates.set("partition", connection.partition()),
							Updates.setOnInsert("organization", connection.organization().value()),
							Updates.setOnInsert("state",
									Coordination.begin(connection.connection(), connection.organization()))),
					new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER)));
		return new Versioned<>(claimed.getLong("version"), StateCodecs.state(claimed, Coordination.class));
	}

	@Override
	public Versioned<Coordination> save(Versioned<Coordination> changed) {
		String id = changed.value().connection().value();
		long version = changed.version() + 1;
		long matched = Await
			.answer(this.coordinations.updateOne(
					Filters.and(Filters.eq("_id", id), Filters.eq("version", changed.version())),
					Updates.combine(Updates.set("version", version), Updates.set("state", changed.value()))))
			.getMatchedCount();
		if (matched == 0) {
			throw new TakenOver("what is to be done");
		}
		return new Versioned<>(version, changed.value());
	}

	@Override
	public List<Known> of(Collection<Integer> partitions) {
		return Await
			.all(this.coordinations.find(Filters.in("partition", partitions))
				.projection(Projections.include("organization", "partition")))
			.stream()
			.map((document) -> new Known(new ConnectionId(document.getString("_id")),
					new OrganizationId(document.getString("organization")), document.getInteger("partition")))
			.toList();
	}

}
