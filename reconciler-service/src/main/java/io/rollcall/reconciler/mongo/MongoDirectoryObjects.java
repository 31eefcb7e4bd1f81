package io.rollcall.reconciler.mongo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.Stamp;
import io.rollcall.reconciler.flow.apply.DirectoryObjects;
import io.rollcall.reconciler.flow.apply.StoredFacts;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Facts, one document an object. */
public final class MongoDirectoryObjects implements DirectoryObjects {

	private final MongoDatabase database;

	private final MongoCollection<StoredFacts> facts;

	private final Storage storage;

	public MongoDirectoryObjects(MongoDatabase database, Storage storage) {
		this.database = database;
		this.facts = Collections.facts(database);
		this.storage = storage;
	}

	@Override
	public Found find(Collection<ObjectKey> objects, Collection<ConnectionId> connections) {
		this.storage.prepare();
		Mono<Map<ObjectKey, StoredFacts>> facts = objects.isEmpty() ? Mono.just(Map.of())
				: Flux.from(this.facts.find(byId(objects)).batchSize(objects.size() + 1))
					.collectMap((found) -> found.facts().key());
		return Answers.await(Mono.zip(facts, ConnectionDocuments.find(this.database, connections), Found::new));
	}

	static org.bson.conversions.Bson byId(Collection<ObjectKey> objects) {
		return Filters.in(Fields.ID, texts(objects));
	}

	static List<String> texts(Collection<ObjectKey> objects) {
		return objects.stream().map(ObjectKey::toString).toList();
	}

	@Override
	public void write(List<Write> writes) {
		List<WriteModel<StoredFacts>> models = new ArrayList<>(writes.size());
		writes.forEach((write) -> models.add(model(write)));
		Answers.write(List.of(this.facts.bulkWrite(models, new BulkWriteOptions().ordered(false))), writes.size());
	}

	private static WriteModel<StoredFacts> model(Write write) {
		Facts facts = write.facts().facts();
		String id = facts.key().toString();
		if (write.stampsOnly()) {
			BsonDocument stamps = new BsonDocument();
			Facts.Whole whole = facts.whole();
			if (whole != null) {
				stamps.append(Fields.WHOLE_STAMP, stamp(whole.stamp()));
			}
			if (!facts.listed().equals(Stamp.NONE)) {
				stamps.append(Fields.LISTED, stamp(facts.listed()));
			}
			return new UpdateOneModel<>(new BsonDocument(Fields.ID, new BsonString(id)),
					new BsonDocument("$max", stamps));
		}
		return (facts.revision() == 1) ? new InsertOneModel<>(write.facts())
				: new ReplaceOneModel<>(Answers.unchanged(id, facts.revision() - 1), write.facts());
	}

	private static BsonDocument stamp(Stamp stamp) {
		return new BsonDocument("s", new BsonInt64(stamp.sequence().value())).append("i", new BsonInt32(stamp.index()));
	}

}
