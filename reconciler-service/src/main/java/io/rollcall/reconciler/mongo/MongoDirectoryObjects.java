package io.rollcall.reconciler.mongo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.flow.DirectoryObjects;
import io.rollcall.reconciler.flow.FactsWrite;
import io.rollcall.reconciler.flow.Outrun;
import io.rollcall.reconciler.rules.Edge;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.Group;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.TeamChanges;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Facts in MongoDB: a document for each object, and one for each edge. */
@Component
final class MongoDirectoryObjects implements DirectoryObjects {

	private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

	private static final int READ_AT_ONCE = 5_000;

	/** What says nothing to a group's members. */
	private static final Bson OF_A_GROUP = Projections.exclude("manager", "commands");

	private final MongoCollection<FactsDocument> facts;

	MongoDirectoryObjects(MongoDatabase database) {
		this.facts = Collections.facts(database);
	}

	@Override
	public Mono<Map<ObjectKey, Facts>> find(Collection<ObjectKey> objects) {
		if (objects.isEmpty()) {
			return Mono.just(Map.of());
		}
		return Flux.from(this.facts.find(Scoped.objects(objects, "connection", "object")).batchSize(READ_AT_ONCE))
			.collectMultimap(FactsDocument::key)
			.map(MongoDirectoryObjects::whole);
	}

	@Override
	public Mono<Map<ObjectKey, Group>> groups(Collection<ObjectKey> groups) {
		if (groups.isEmpty()) {
			return Mono.just(Map.of());
		}
		return Flux
			.from(this.facts.find(Filters.in("_id", groups.stream().map(ObjectKey::toString).toList()))
				.projection(OF_A_GROUP)
				.batchSize(READ_AT_ONCE))
			.ofType(FactsDocument.OfObject.class)
			.collectMap(FactsDocument::key, (document) -> TeamChanges.group(document.facts()));
	}

	@Override
	public Mono<Void> write(List<FactsWrite> facts) {
		List<WriteModel<FactsDocument>> stored = new ArrayList<>(facts.size());
		List<WriteModel<FactsDocument>> forgotten = new ArrayList<>();
		facts.forEach((write) -> {
			object(write, stored);
			edges(write, stored, forgotten);
		});
		List<WriteModel<FactsDocument>> writes = new ArrayList<>(stored);
		writes.addAll(forgotten);
		if (writes.isEmpty()) {
			return Mono.empty();
		}
		return Mono.from(this.facts.bulkWrite(writes, UNORDERED))
			.doOnNext((result) -> BulkResults.expect(result, stored.size(), "facts"))
			.onErrorMap(MongoBulkWriteException.class, MongoDirectoryObjects::outrun)
			.then();
	}

	private static void object(FactsWrite write, List<WriteModel<FactsDocument>> stored) {
		Facts next = write.next();
		if (next.version() == write.read().version()) {
			return;
		}
		FactsDocument document = new FactsDocument.OfObject(next);
		stored.add((write.read().version() == 0) ? new InsertOneModel<>(document) : new ReplaceOneModel<>(
				BulkResults.unchanged(next.key().toString(), write.read().version()), document));
	}

	private static void edges(FactsWrite write, List<WriteModel<FactsDocument>> stored,
			List<WriteModel<FactsDocument>> forgotten) {
		Facts next = write.next();
		Map<ObjectId, Edge> read = write.read().edges();
		next.edges().forEach((container, edge) -> {
			Edge before = read.get(container);
			if (!edge.equals(before)) {
				FactsDocument document = new FactsDocument.OfEdge(next.organization(), next.key(), next.kind(), edge);
				stored.add((before == null) ? new InsertOneModel<>(document)
						: new ReplaceOneModel<>(FactsDocument.OfEdge.unchanged(next.key(), before), document));
			}
		});
		read.forEach((container, edge) -> {
			if (!next.edges().containsKey(container)) {
				forgotten.add(new DeleteOneModel<>(FactsDocument.OfEdge.unchanged(next.key(), edge)));
			}
		});
	}

	/** Each object's facts from all of its documents. */
	static Map<ObjectKey, Facts> whole(Map<ObjectKey, Collection<FactsDocument>> documents) {
		Map<ObjectKey, Facts> whole = new LinkedHashMap<>();
		documents.forEach((key, parts) -> whole.put(key, whole(key, parts)));
		return whole;
	}

	private static Facts whole(ObjectKey key, Collection<FactsDocument> parts) {
		@Nullable Facts object = null;
		Map<ObjectId, Edge> edges = new LinkedHashMap<>();
		FactsDocument any = parts.iterator().next();
		Facts unknown = Facts.unknown(any.organization(), key,
				(any instanceof FactsDocument.OfEdge edge) ? edge.kind() : ObjectKind.OTHER);
		for (FactsDocument part : parts) {
			switch (part) {
				case FactsDocument.OfObject(Facts facts) -> object = facts;
				case FactsDocument.OfEdge edge -> edges.put(edge.edge().container(), edge.edge());
			}
		}
		return ((object != null) ? object : unknown).withEdges(edges);
	}

	private static Throwable outrun(MongoBulkWriteException failure) {
		boolean duplicate = failure.getWriteErrors()
			.stream()
			.anyMatch((error) -> error.getCode() == BulkResults.DUPLICATE_KEY);
		return duplicate ? new Outrun("facts were written by somebody else meanwhile") : failure;
	}

}
