package io.rollcall.reconciler.mongo.projection;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.model.state.State;
import io.rollcall.model.state.State.AccountState;
import io.rollcall.model.state.State.Membership;
import io.rollcall.model.state.State.TeamState;
import io.rollcall.reconciler.flow.projection.CurrentStates;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Current states from the documents of accounts and teams. */
public final class MongoCurrentStates implements CurrentStates {

	private static final String WAITING = "WAITING";

	private final MongoCollection<Document> accounts;

	private final MongoCollection<Document> teams;

	public MongoCurrentStates(MongoDatabase database) {
		this.accounts = database.getCollection("accounts");
		this.teams = database.getCollection("teams");
	}

	@Override
	public Mono<Map<String, Current<AccountState>>> accounts(Collection<String> keys) {
		return read(this.accounts, keys, MongoCurrentStates::account);
	}

	@Override
	public Mono<Map<String, Current<TeamState>>> teams(Collection<String> keys) {
		return read(this.teams, keys, MongoCurrentStates::team);
	}

	@Override
	public Flux<String> accountKeys() {
		return keys(this.accounts);
	}

	@Override
	public Flux<String> teamKeys() {
		return keys(this.teams);
	}

	private static Flux<String> keys(MongoCollection<Document> collection) {
		return Flux.from(
				collection.find().projection(Projections.include("_id")).sort(Sorts.ascending("_id")).batchSize(5_000))
			.map((document) -> document.getString("_id"));
	}

	private static <S> Mono<Map<String, Current<S>>> read(MongoCollection<Document> collection, Collection<String> keys,
			Function<Document, Current<S>> mapping) {
		if (keys.isEmpty()) {
			return Mono.just(Map.of());
		}
		return Flux
			.from(collection.find(Filters.in("_id", keys)).projection(Projections.exclude("pending")).batchSize(5_000))
			.collectMap((document) -> document.getString("_id"), mapping);
	}

	private static Current<AccountState> account(Document document) {
		long version = document.getLong("version");
		if (WAITING.equals(document.getString("status"))) {
			return new Current<>(version, null);
		}
		Map<String, String> fields = new LinkedHashMap<>();
		document.get("fields", new Document()).forEach((name, value) -> fields.put(name, (String) value));
		List<Membership> memberships = document.getList("memberships", Document.class, List.of())
			.stream()
			.map((place) -> new Membership(new TeamId(place.getString("team")), place.getString("role")))
			.toList();
		Document link = document.get("link", Document.class);
		return new Current<>(version,
				new AccountState(new OrganizationId(document.getString("organization")),
						new AccountId(document.getString("account")), version,
						State.Status.valueOf(document.getString("status")), fields, memberships, connection(link),
						object(link), document.getDate("updatedAt").toInstant()));
	}

	private static Current<TeamState> team(Document document) {
		long version = document.getLong("version");
		Document group = document.get("group", Document.class);
		return new Current<>(version,
				new TeamState(new OrganizationId(document.getString("organization")),
						new TeamId(document.getString("team")), version,
						State.Status.valueOf(document.getString("status")), document.getString("name"),
						connection(group), object(group), document.getDate("updatedAt").toInstant()));
	}

	private static @Nullable ConnectionId connection(@Nullable Document source) {
		return (source != null) ? new ConnectionId(source.getString("connection")) : null;
	}

	private static @Nullable ObjectId object(@Nullable Document source) {
		return (source != null) ? new ObjectId(source.getString("object")) : null;
	}

}
