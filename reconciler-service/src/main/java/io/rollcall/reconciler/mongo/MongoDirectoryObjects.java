package io.rollcall.reconciler.mongo;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.reconciler.flow.DirectoryObjects;
import io.rollcall.reconciler.flow.Outrun;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Group;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.TeamChanges;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Facts in MongoDB. */
@Component
final class MongoDirectoryObjects implements DirectoryObjects {

	private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

	private static final int READ_AT_ONCE = 5_000;

	// "edges" grows with a group's own memberships and says nothing to its members.
	private static final Bson OF_A_GROUP = Projections.exclude("edges", "manager", "commands");

	private final MongoCollection<Facts> facts;

	MongoDirectoryObjects(MongoDatabase database) {
		this.facts = Collections.facts(database);
	}

	@Override
	public Mono<Map<ObjectKey, Facts>> find(Collection<ObjectKey> objects) {
		if (objects.isEmpty()) {
			return Mono.just(Map.of());
		}
		return Flux.from(this.facts.find(among(objects)).batchSize(READ_AT_ONCE)).collectMap(Facts::key);
	}

	@Override
	public Mono<Map<ObjectKey, Group>> groups(Collection<ObjectKey> groups) {
		if (groups.isEmpty()) {
			return Mono.just(Map.of());
		}
		return Flux.from(this.facts.find(among(groups)).projection(OF_A_GROUP).batchSize(READ_AT_ONCE))
			.collectMap(Facts::key, TeamChanges::group);
	}

	@Override
	public Mono<Void> write(List<Facts> facts) {
		if (facts.isEmpty()) {
			return Mono.empty();
		}
		List<WriteModel<Facts>> writes = facts.stream().map(MongoDirectoryObjects::write).toList();
		return Mono.from(this.facts.bulkWrite(writes, UNORDERED))
			.doOnNext((result) -> BulkResults.expect(result, writes.size(), "facts"))
			.onErrorMap(MongoBulkWriteException.class, MongoDirectoryObjects::outrun)
			.then();
	}

	private static WriteModel<Facts> write(Facts facts) {
		if (facts.version() == 1) {
			return new InsertOneModel<>(facts);
		}
		return new ReplaceOneModel<>(BulkResults.unchanged(facts.key().toString(), facts.version() - 1), facts);
	}

	private static Throwable outrun(MongoBulkWriteException failure) {
		boolean duplicate = failure.getWriteErrors()
			.stream()
			.anyMatch((error) -> error.getCode() == BulkResults.DUPLICATE_KEY);
		return duplicate ? new Outrun("facts were written by somebody else meanwhile") : failure;
	}

	private static Bson among(Collection<ObjectKey> objects) {
		return Filters.in("_id", objects.stream().map(ObjectKey::toString).toList());
	}

}
