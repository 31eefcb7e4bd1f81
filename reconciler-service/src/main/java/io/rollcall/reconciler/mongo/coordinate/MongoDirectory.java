package io.rollcall.reconciler.mongo.coordinate;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.progress.Progress.Staged;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.coordinate.Directory;
import io.rollcall.reconciler.flow.coordinate.StagedEntries;
import io.rollcall.reconciler.mongo.Fields;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.support.mongo.Await;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * Walks facts in the order of their ids; only the ids come here. A slice costs the same
 * whatever it finds.
 */
public final class MongoDirectory implements Directory {

	private static final int SLICE = 2_000;

	/** How many an account has that nobody gave it by hand. */
	private static final Document MEMBERSHIPS = new Document("$size",
			new Document("$filter",
					new Document("input", new Document("$ifNull", List.of("$" + Fields.MEMBERSHIPS, List.of())))
						.append("cond", new Document("$ne", List.of("$$this.byHand", true)))));

	private static final String VISIBILITY = Fields.WHOLE + "." + Fields.ATTRIBUTES + ".visibility";

	private static final Bson READ = Filters.exists(Fields.WHOLE);

	private final MongoCollection<Document> facts;

	private final MongoCollection<Document> accounts;

	private final MongoCollection<Document> teams;

	private final MongoCollection<Document> outcomes;

	private final int walked;

	/**
	 * A directory.
	 * @param walked how many facts one slice of the unseen looks at
	 */
	public MongoDirectory(MongoDatabase database, int walked) {
		this.facts = database.getCollection(Fields.FACTS);
		this.accounts = database.getCollection(Fields.ACCOUNTS);
		this.teams = database.getCollection(Fields.TEAMS);
		this.outcomes = database.getCollection(Fields.PREVIEW_OUTCOMES);
		this.walked = walked;
	}

	@Override
	public Slice unseen(ConnectionId connection, Collection<ObjectKind> kinds, Stamp startedAt,
			@Nullable String cursor) {
		Bson rest = after(connection, cursor);
		Document last = Await.one(this.facts.find(rest)
			.projection(Projections.include(Fields.ID))
			.sort(Sorts.ascending(Fields.ID))
			.skip(this.walked - 1)
			.limit(1)
			.first());
		String until = (last != null) ? last.getString(Fields.ID) : null;
		Bson walk = (until != null) ? Filters.and(rest, Filters.lte(Fields.ID, until)) : rest;
		List<String> names = kinds.stream().map(ObjectKind::name).toList();
		List<ObjectId> found = Await
			.all(this.facts.find(Filters.and(walk, Filters.in(Fields.KIND, names), READ, olderThan(startedAt)))
				.projection(Projections.include(Fields.ID)))
			.stream()
			.map((document) -> object(connection, document))
			.toList();
		return new Slice(found, until);
	}

	@Override
	public Slice everybody(ConnectionId connection, @Nullable String cursor) {
		return slice(connection, Filters.and(after(connection, cursor), READ), SLICE);
	}

	@Override
	public long count(ConnectionId connection) {
		return Await.answer(this.facts.countDocuments(Filters.and(after(connection, null), READ)));
	}

	@Override
	public Slice waiting(OrganizationId organization, ConnectionId connection, @Nullable String cursor) {
		List<Document> found = Await.all(this.accounts
			.find(Filters.and(Filters.eq(Fields.ORGANIZATION, organization.value()),
					Filters.eq(Fields.STATUS, State.Status.WAITING.name()),
					Filters.gt(Fields.ID, Objects.requireNonNullElse(cursor, organization + ":")),
					Filters.lt(Fields.ID, organization + ";"), Filters.eq(Fields.CONNECTION, connection.value())))
			.projection(Projections.include(Fields.OBJECT))
			.sort(Sorts.ascending(Fields.ID))
			.limit(SLICE));
		return new Slice(found.stream().map((document) -> new ObjectId(document.getString(Fields.OBJECT))).toList(),
				(found.size() == SLICE) ? found.getLast().getString(Fields.ID) : null);
	}

	private Slice slice(ConnectionId connection, Bson of, int limit) {
		List<Document> found = Await.all(this.facts.find(of)
			.projection(Projections.include(Fields.ID))
			.sort(Sorts.ascending(Fields.ID))
			.limit(limit));
		return new Slice(found.stream().map((document) -> object(connection, document)).toList(),
				(found.size() == limit) ? found.getLast().getString(Fields.ID) : null);
	}

	/**
	 * The database sorts the few of the containers, or looks at everybody in order where
	 * they are many.
	 */
	@Override
	public Slice members(ConnectionId connection, Collection<String> containers, @Nullable String cursor, int limit) {
		return slice(connection, Filters.and(after(connection, cursor), in(connection, containers)), limit);
	}

	@Override
	public List<Container> hidden(ConnectionId connection, Collection<Container> some) {
		if (some.isEmpty()) {
			return List.of();
		}
		Map<String, Container> byId = new HashMap<>();
		some.forEach((container) -> byId.put(connection + ":" + container.object(), container));
		return Await
			.all(this.facts
				.find(Filters.and(Filters.in(Fields.ID, byId.keySet()), Filters.eq(VISIBILITY, "HiddenMembership")))
				.projection(Projections.include(Fields.ID)))
			.stream()
			.map((document) -> Objects.requireNonNull(byId.get(document.getString(Fields.ID))))
			.filter((container) -> members(connection, List.of(container.code()), null, 1).objects().isEmpty())
			.toList();
	}

	@Override
	public boolean isAnyStaged(OrganizationId organization, GuardedKind kind, Collection<Staged.Entry> entries) {
		String entry = Fields.STAGED + switch (kind) {
			case ACCOUNTS -> ".leaving.";
			case MEMBERSHIPS -> ".removals.";
			case TEAMS -> ".";
			case ADDRESSES -> ".address.";
		};
		MongoCollection<Document> documents = (kind == GuardedKind.TEAMS) ? this.teams : this.accounts;
		List<String> ids = entries.stream().map((one) -> organization + ":" + one.id()).toList();
		List<Long> revisions = entries.stream().map(Staged.Entry::revision).toList();
		return Await
			.one(documents.find(Filters.and(Filters.in(Fields.ID, ids), Filters.in(entry + Fields.REVISION, revisions)))
				.projection(Projections.include(Fields.ID))
				.first()) != null;
	}

	@Override
	public boolean isPreviewed(String preview, Collection<Staged.Entry> entries) {
		Map<String, Set<String>> sought = new HashMap<>();
		entries
			.forEach((entry) -> sought
				.computeIfAbsent(preview + ((entry.kind() == GuardedKind.TEAMS) ? ":team:" : ":account:") + entry.id(),
						(_) -> new HashSet<>())
				.add(StagedEntries.loss(entry)));
		if (sought.isEmpty()) {
			return true;
		}
		Await
			.all(this.outcomes.find(Filters.in(Fields.ID, sought.keySet()))
				.projection(Projections.include(Fields.LOSSES)))
			.forEach((outcome) -> sought.getOrDefault(outcome.getString(Fields.ID), Set.of())
				.removeAll(Set.copyOf(outcome.getList(Fields.LOSSES, String.class))));
		return sought.values().stream().allMatch(Set::isEmpty);
	}

	@Override
	public long active(OrganizationId organization, ConnectionId connection, GuardedKind kind) {
		Bson active = Filters.and(Filters.gt(Fields.ID, organization + ":"), Filters.lt(Fields.ID, organization + ";"),
				Filters.eq(Fields.CONNECTION, connection.value()),
				Filters.eq(Fields.STATUS, State.Status.ACTIVE.name()));
		return switch (kind) {
			case ACCOUNTS, ADDRESSES -> Await.answer(this.accounts.countDocuments(active));
			case TEAMS -> Await.answer(this.teams.countDocuments(active));
			case MEMBERSHIPS -> {
				Document sum = Await.one(this.accounts.aggregate(List.of(Aggregates.match(active),
						Aggregates.group(null, Accumulators.sum("count", MEMBERSHIPS))))
					.first());
				yield (sum != null && sum.get("count") instanceof Number count) ? count.longValue() : 0;
			}
		};
	}

	/** A manager counts as one of the reports: who leads a team is in it. */
	private static Bson in(ConnectionId connection, Collection<String> containers) {
		Bson in = Filters.and(Filters.eq(Fields.CONNECTION, connection.value()), Filters.in(Fields.IN, containers));
		List<String> managers = containers.stream()
			.map(Container::parse)
			.filter((container) -> container.kind() == ContainerKind.MANAGER)
			.map((manager) -> new ObjectKey(connection, manager.object()).toString())
			.toList();
		return managers.isEmpty() ? in : Filters.or(in, Filters.in(Fields.ID, managers));
	}

	private static Bson after(ConnectionId connection, @Nullable String cursor) {
		return Filters.and(Filters.gt(Fields.ID, Objects.requireNonNullElse(cursor, connection + ":")),
				Filters.lt(Fields.ID, connection + ";"));
	}

	private static Bson olderThan(Stamp stamp) {
		long sequence = stamp.sequence().value();
		return Filters.or(Filters.lt(Fields.WHOLE_STAMP + ".s", sequence), Filters.and(
				Filters.eq(Fields.WHOLE_STAMP + ".s", sequence), Filters.lt(Fields.WHOLE_STAMP + ".i", stamp.index())));
	}

	private static ObjectId object(ConnectionId connection, Document document) {
		return new ObjectId(document.getString(Fields.ID).substring(connection.value().length() + 1));
	}

}
