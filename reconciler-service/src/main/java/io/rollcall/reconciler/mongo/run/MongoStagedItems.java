package io.rollcall.reconciler.mongo.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.reconciler.flow.run.StagedItems;
import io.rollcall.reconciler.flow.run.StagedPage;
import io.rollcall.reconciler.rules.guard.StagedItem;
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

/** Walks the accounts that have something staged, then such teams, by their ids. */
public final class MongoStagedItems implements StagedItems {

	private static final int SLICE = 1_000;

	private static final String ACCOUNTS = "a";

	private static final String TEAMS = "t";

	private final MongoCollection<Document> accounts;

	private final MongoCollection<Document> teams;

	private final MongoCollection<Document> pages;

	public MongoStagedItems(MongoDatabase database) {
		this.accounts = database.getCollection("accounts");
		this.teams = database.getCollection("teams");
		this.pages = database.getCollection("stagedPages");
	}

	@Override
	public Mono<Slice> slice(OrganizationId organization, ConnectionId connection, @Nullable String cursor) {
		boolean inTeams = cursor != null && cursor.startsWith(TEAMS);
		String after = (cursor != null) ? cursor.substring(1) : "";
		Mono<Slice> found = inTeams ? teams(connection, after) : accounts(connection, after)
			.flatMap((slice) -> (slice.next() != null) ? Mono.just(slice) : teams(connection, "").map((teams) -> {
				List<StagedItem> all = new ArrayList<>(slice.items());
				all.addAll(teams.items());
				return new Slice(all, teams.next());
			}));
		return found
			.flatMap((slice) -> undecided(connection, slice.items()).map((items) -> new Slice(items, slice.next())));
	}

	@Override
	public Mono<Long> total(OrganizationId organization, ConnectionId connection, GuardedKind kind) {
		Bson active = and(eq("link.connection", connection.value()), eq("link.status", "LINKED"),
				eq("status", "ACTIVE"));
		return switch (kind) {
			case ACCOUNTS -> Mono.from(this.accounts.countDocuments(active));
			case MEMBERSHIPS -> Mono
				.from(this.accounts.aggregate(List.of(Aggregates.match(active),
						Aggregates.group(null, Accumulators.sum("count", new Document("$size", "$memberships"))))))
				.map((sum) -> Documents.number(sum, "count"))
				.defaultIfEmpty(0L);
			case TEAMS -> Mono.from(
					this.teams.countDocuments(and(eq("group.connection", connection.value()), eq("status", "ACTIVE"))));
		};
	}

	private Mono<Slice> accounts(ConnectionId connection, String after) {
		return Flux
			.from(this.accounts.find(and(eq("link.connection", connection.value()), exists("staged"), gt("_id", after)))
				.projection(Projections.include("link", "staged"))
				.sort(Sorts.ascending("_id"))
				.limit(SLICE))
			.collectList()
			.map((found) -> new Slice(found.stream().flatMap((account) -> ofAccount(account).stream()).toList(),
					(found.size() == SLICE) ? ACCOUNTS + found.getLast().getString("_id") : null));
	}

	private Mono<Slice> teams(ConnectionId connection, String after) {
		return Flux
			.from(this.teams.find(and(eq("group.connection", connection.value()), exists("staged"), gt("_id", after)))
				.projection(Projections.include("group", "staged"))
				.sort(Sorts.ascending("_id"))
				.limit(SLICE))
			.collectList()
			.map((found) -> new Slice(found.stream().map(MongoStagedItems::ofTeam).toList(),
					(found.size() == SLICE) ? TEAMS + found.getLast().getString("_id") : null));
	}

	/** Without those that are let go of already, or that a person rejected. */
	private Mono<List<StagedItem>> undecided(ConnectionId connection, List<StagedItem> items) {
		if (items.isEmpty()) {
			return Mono.just(items);
		}
		List<String> texts = items.stream().map(StagedItem::text).toList();
		Mono<Set<String>> decided = Flux
			.from(this.pages.find(and(eq("connection", connection.value()),
					in("status", StagedPage.Status.RELEASED.name(), StagedPage.Status.REJECTED.name()),
					in("items", texts)))
				.projection(Projections.include("items")))
			.map((page) -> page.getList("items", String.class))
			.flatMapIterable((list) -> list)
			.collect(Collectors.toSet());
		return decided.map((done) -> items.stream().filter((item) -> !done.contains(item.text())).toList());
	}

	private static Collection<StagedItem> ofAccount(Document account) {
		ObjectId object = new ObjectId(account.get("link", Document.class).getString("object"));
		Document staged = account.get("staged", Document.class);
		Document leaver = staged.get("leaver", Document.class);
		List<Document> removals = staged.getList("removals", Document.class, List.of());
		List<StagedItem> items = new ArrayList<>(2);
		if (leaver != null) {
			items.add(new StagedItem(object, GuardedKind.ACCOUNTS, GuardedKind.ACCOUNTS,
					Documents.number(leaver, "version"), 1));
		}
		if (!removals.isEmpty()) {
			long upTo = removals.stream().mapToLong((removal) -> Documents.number(removal, "version")).max().orElse(0);
			items.add(new StagedItem(object, (leaver != null) ? GuardedKind.ACCOUNTS : GuardedKind.MEMBERSHIPS,
					GuardedKind.MEMBERSHIPS, upTo, removals.size()));
		}
		return items;
	}

	private static StagedItem ofTeam(Document team) {
		return new StagedItem(new ObjectId(team.get("group", Document.class).getString("object")), GuardedKind.TEAMS,
				GuardedKind.TEAMS, Documents.number(team.get("staged", Document.class), "version"), 1);
	}

}
