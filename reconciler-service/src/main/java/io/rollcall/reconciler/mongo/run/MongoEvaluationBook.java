package io.rollcall.reconciler.mongo.run;

import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.reconciler.flow.run.Evaluation;
import io.rollcall.reconciler.flow.run.EvaluationBook;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;

/**
 * Evaluations, a document each. The cursor of one over groups is the place of some groups
 * in the list and the last object; of one over everybody, the last object.
 */
public final class MongoEvaluationBook implements EvaluationBook {

	private static final int SLICE = 1_000;

	/** So many groups at once; MongoDB merges that many index ranges without sorting. */
	private static final int GROUPS = 50;

	private final MongoCollection<Document> evaluations;

	private final MongoCollection<Document> facts;

	private final InstantSource clock;

	public MongoEvaluationBook(MongoDatabase database, InstantSource clock) {
		this.evaluations = database.getCollection("evaluations");
		this.facts = database.getCollection("facts");
		this.clock = clock;
	}

	@Override
	public Mono<Evaluation> start(Evaluation evaluation) {
		RunId run = evaluation.run();
		Bson insert = Updates.combine(Updates.setOnInsert("organization", evaluation.organization().value()),
				Updates.setOnInsert("connection", evaluation.connection().value()),
				Updates.setOnInsert("id", evaluation.id()),
				Updates.setOnInsert("groups", evaluation.groups().stream().map(ObjectId::value).toList()),
				Updates.setOnInsert("reason", evaluation.reason()),
				Updates.setOnInsert("run", (run != null) ? run.value() : null),
				Updates.setOnInsert("marked", evaluation.marked()), Updates.setOnInsert("chunk", evaluation.chunk()),
				Updates.setOnInsert("cursor", null), Updates.setOnInsert("touched", List.of()),
				Updates.setOnInsert("published", false), Updates.setOnInsert("ended", false),
				Updates.setOnInsert("at", Date.from(this.clock.instant())));
		return Mono
			.from(this.evaluations.findOneAndUpdate(eq("_id", id(evaluation.connection(), evaluation.id())), insert,
					new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER)))
			.map(MongoEvaluationBook::evaluation)
			.retryWhen(Retry.max(1).filter(Documents::duplicateKey));
	}

	@Override
	public Mono<Void> published(Evaluation evaluation) {
		return Mono
			.from(this.evaluations.updateOne(eq("_id", id(evaluation.connection(), evaluation.id())),
					Updates.set("published", true)))
			.then();
	}

	@Override
	public Mono<OfRun> ofRun(ConnectionId connection, RunId run) {
		return Flux
			.from(this.evaluations.find(and(eq("connection", connection.value()), eq("run", run.value()),
					eq("marked", false), eq("published", true)))
				.projection(Projections.include("ended", "touched")))
			.reduce(new OfRun(false, Set.of()), (all, document) -> {
				Set<Integer> touched = new TreeSet<>(all.touched());
				touched.addAll(Documents.integers(document, "touched"));
				return new OfRun(all.open() || !document.getBoolean("ended"), touched);
			});
	}

	@Override
	public Mono<Evaluation> find(ConnectionId connection, String id) {
		return Mono.from(this.evaluations.find(eq("_id", id(connection, id))).first())
			.map(MongoEvaluationBook::evaluation);
	}

	@Override
	public Mono<Void> save(Evaluation read, Evaluation further) {
		return Mono.from(
				this.evaluations.updateOne(and(eq("_id", id(read.connection(), read.id())), eq("chunk", read.chunk())),
						Updates.combine(Updates.set("chunk", further.chunk()), Updates.set("cursor", further.cursor()),
								Updates.set("ended", further.ended()),
								Updates.addEachToSet("touched", List.copyOf(further.touched())))))
			.then();
	}

	@Override
	public Mono<Slice> slice(Evaluation evaluation) {
		return evaluation.groups().isEmpty() ? everybody(evaluation) : members(evaluation);
	}

	private Mono<Slice> everybody(Evaluation evaluation) {
		String connection = evaluation.connection().value();
		String after = (evaluation.cursor() != null) ? evaluation.cursor() : "";
		Bson rest = and(eq("connection", connection), eq("hasAttributes", true),
				gt("_id", Documents.first(connection) + after));
		return objects(rest, "_id")
			.map((found) -> new Slice(found, (found.size() == SLICE) ? found.getLast().value() : null));
	}

	private Mono<Slice> members(Evaluation evaluation) {
		String cursor = evaluation.cursor();
		List<ObjectId> groups = evaluation.groups();
		int first = (cursor != null) ? Integer.parseInt(cursor.substring(0, cursor.indexOf(':'))) : 0;
		String after = (cursor != null) ? cursor.substring(cursor.indexOf(':') + 1) : "";
		int end = Math.min(first + GROUPS, groups.size());
		String connection = evaluation.connection().value();
		Bson edges = and(eq("connection", connection),
				in("c", groups.subList(first, end).stream().map(ObjectId::value).toList()), exists("c"),
				gt("object", after));
		return objects(edges, "object").flatMap((members) -> {
			String next = (members.size() == SLICE) ? first + ":" + members.getLast().value()
					: (end < groups.size()) ? end + ":" : null;
			return withAttributes(connection, members).map((found) -> new Slice(found, next));
		});
	}

	/** Whoever is known by edges only has nothing to decide. */
	private Mono<List<ObjectId>> withAttributes(String connection, List<ObjectId> members) {
		List<String> ids = members.stream().distinct().map((member) -> Documents.first(connection) + member).toList();
		return ids.isEmpty() ? Mono.just(List.of()) : objects(and(in("_id", ids), eq("hasAttributes", true)), "_id");
	}

	private Mono<List<ObjectId>> objects(Bson filter, String order) {
		return Flux
			.from(this.facts.find(filter)
				.projection(Projections.include("object"))
				.sort(Sorts.ascending(order))
				.limit(SLICE))
			.map((document) -> new ObjectId(document.getString("object")))
			.collectList();
	}

	private static String id(ConnectionId connection, String id) {
		return connection + ":" + id;
	}

	private static Evaluation evaluation(Document document) {
		@Nullable String run = document.getString("run");
		return new Evaluation(new OrganizationId(document.getString("organization")),
				new ConnectionId(document.getString("connection")), document.getString("id"),
				document.getList("groups", String.class).stream().map(ObjectId::new).toList(),
				document.getString("reason"), (run != null) ? new RunId(run) : null, document.getBoolean("marked"),
				document.getLong("chunk"), document.getString("cursor"), Documents.integers(document, "touched"),
				document.getBoolean("ended"));
	}

}
