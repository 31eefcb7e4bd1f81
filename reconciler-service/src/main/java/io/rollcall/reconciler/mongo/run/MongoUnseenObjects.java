package io.rollcall.reconciler.mongo.run;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.Stamp;
import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.run.UnseenObjects;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.not;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Filters.regex;

/**
 * Finds the unseen by walking a connection's facts, objects and their edges, in the order
 * of their ids, so many a slice, whatever is among them: no slice takes longer than
 * another. An object may be found in two slices.
 */
public final class MongoUnseenObjects implements UnseenObjects {

	private static final int FOUND = 1_000;

	private final int walked;

	private final MongoCollection<Document> facts;

	private final MongoCollection<Document> deadLetters;

	public MongoUnseenObjects(MongoDatabase database, int walked) {
		this.facts = database.getCollection("facts");
		this.deadLetters = database.getCollection("deadLetters");
		this.walked = walked;
	}

	@Override
	public Mono<Slice> slice(ConnectionId connection, Stamp startedAt, @Nullable String cursor) {
		String from = Objects.requireNonNullElse(cursor, Documents.first(connection.value()));
		Bson rest = and(gt("_id", from), lt("_id", Documents.last(connection.value())));
		return Mono
			.from(this.facts.find(rest)
				.projection(Projections.include("_id"))
				.sort(Sorts.ascending("_id"))
				.skip(this.walked - 1)
				.limit(1))
			.map((last) -> last.getString("_id"))
			.defaultIfEmpty("")
			.flatMap((until) -> until.isEmpty() ? found(rest, startedAt, null)
					: found(and(gt("_id", from), lte("_id", until)), startedAt, until));
	}

	@Override
	public Mono<Set<ObjectId>> inDeadLetters(ConnectionId connection, Collection<ObjectId> objects) {
		List<String> keys = objects.stream().map((object) -> connection + ":" + object).toList();
		return Flux
			.from(this.deadLetters.find(and(eq("topic", Topics.OBSERVATIONS), in("key", keys)))
				.projection(Projections.include("key")))
			.map((letter) -> object(letter.getString("key")))
			.collect(Collectors.toSet());
	}

	@Override
	public Mono<Boolean> unreadableDeadLetter() {
		return Mono
			.from(this.deadLetters
				.find(and(eq("topic", Topics.OBSERVATIONS), or(eq("key", null), not(regex("key", "^[^:]+:[^:]+$")))))
				.first())
			.hasElement();
	}

	private Mono<Slice> found(Bson range, Stamp startedAt, @Nullable String until) {
		Bson object = and(eq("hasAttributes", true), exists("self.departure", false),
				Documents.before("lastSeen", startedAt));
		Bson edge = and(eq("p", true), Documents.before("", startedAt));
		return Flux
			.from(this.facts.find(and(range, or(object, edge)))
				.projection(Projections.include("object"))
				.sort(Sorts.ascending("_id"))
				.limit(FOUND))
			.collectList()
			.map((found) -> new Slice(
					found.stream().map((document) -> new ObjectId(document.getString("object"))).distinct().toList(),
					(found.size() == FOUND) ? found.getLast().getString("_id") : until));
	}

	private static ObjectId object(String key) {
		return new ObjectId(key.substring(key.indexOf(':') + 1));
	}

}
