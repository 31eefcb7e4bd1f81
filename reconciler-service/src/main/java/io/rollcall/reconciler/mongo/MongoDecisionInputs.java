package io.rollcall.reconciler.mongo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.reconciler.flow.apply.DecisionInputs;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.apply.StoredFacts;
import io.rollcall.reconciler.flow.apply.StoredTeam;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What decisions read, in queries side by side. */
public final class MongoDecisionInputs implements DecisionInputs {

	private static final int ANSWER_SIZE = 10_000;

	private static final Bson OF_CONTAINERS = Projections.include(Fields.ORGANIZATION, Fields.CONNECTION, Fields.KIND,
			Fields.WHOLE_STAMP, Fields.WHOLE + "." + Fields.DEPARTURE,
			Fields.WHOLE + "." + Fields.ATTRIBUTES + ".displayName", Fields.MEMBERS_LISTED, Fields.REVISION);

	private static final Bson AND_WHAT_THEY_ARE_IN = Projections.fields(OF_CONTAINERS, Projections.include(Fields.IN));

	private final MongoDatabase database;

	private final MongoCollection<StoredFacts> facts;

	private final MongoCollection<StoredAccount> accounts;

	private final MongoCollection<StoredTeam> teams;

	public MongoDecisionInputs(MongoDatabase database) {
		this.database = database;
		this.facts = Collections.facts(database);
		this.accounts = Collections.accounts(database);
		this.teams = Collections.teams(database);
	}

	@Override
	public Found read(Wanted wanted) {
		return Answers.await(Mono
			.zip(accounts(wanted), teams(wanted), managers(wanted), facts(wanted),
					NestingDocuments.find(this.database, wanted.nestings()),
					MongoOrganizations.find(this.database, wanted.owners()),
					ConnectionDocuments.find(this.database, wanted.connections()))
			.map((found) -> new Found(found.getT1(), found.getT2(), found.getT3(), found.getT4(), found.getT5(),
					found.getT6(), found.getT7())));
	}

	private Mono<List<StoredAccount>> accounts(Wanted wanted) {
		List<Bson> filters = new ArrayList<>();
		List<String> ids = new ArrayList<>();
		wanted.accountsOf().forEach((organization, objects) -> {
			objects.forEach((object) -> ids.add(organization + ":" + DerivedIds.account(organization, object)));
			if (!objects.isEmpty()) {
				filters.add(Filters.and(Filters.in(Fields.LINK_KEY, MongoDirectoryObjects.texts(objects)),
						Filters.eq(Fields.ORGANIZATION, organization.value())));
			}
		});
		wanted.accounts().forEach((organization, some) -> some.forEach((id) -> ids.add(organization + ":" + id)));
		if (!ids.isEmpty()) {
			filters.add(Filters.in(Fields.ID, ids));
		}
		wanted.emails().forEach((organization, keys) -> among(filters, organization.value(), Fields.EMAIL_KEY, keys));
		wanted.keys().forEach((organization, keys) -> among(filters, organization.value(), Fields.KEYS, keys));
		wanted.wantedEmails().forEach((organization, keys) -> among(filters, organization.value(), Fields.WANTS, keys));
		// A query for each index: the planner takes them as they are.
		return Flux.fromIterable(filters)
			.flatMap((filter) -> Flux.from(this.accounts.find(filter).batchSize(ANSWER_SIZE)))
			.collectList();
	}

	private static void among(List<Bson> filters, String organization, String field, Collection<String> values) {
		if (!values.isEmpty()) {
			filters.add(
					Filters.and(Filters.eq(Fields.ORGANIZATION, organization), Filters.in(field, List.copyOf(values))));
		}
	}

	private Mono<List<StoredTeam>> teams(Wanted wanted) {
		List<Bson> filters = new ArrayList<>();
		List<String> ids = new ArrayList<>();
		wanted.teams().forEach((organization, teams) -> teams.forEach((team) -> ids.add(organization + ":" + team)));
		if (!ids.isEmpty()) {
			filters.add(Filters.in(Fields.ID, ids));
		}
		wanted.teamNames()
			.forEach((organization, starts) -> starts
				.forEach((start) -> filters.add(Filters.and(Filters.eq(Fields.ORGANIZATION, organization.value()),
						Filters.gt(Fields.NAME_KEY, start), Filters.lt(Fields.NAME_KEY, start + ":")))));
		return Flux.fromIterable(filters)
			.flatMap((filter) -> Flux.from(this.teams.find(filter).batchSize(ANSWER_SIZE)))
			.collectList();
	}

	/** Those of whom the index of managers knows. */
	private Mono<Set<ObjectKey>> managers(Wanted wanted) {
		Map<String, ObjectKey> keys = new HashMap<>();
		wanted.managers().forEach((manager) -> keys.put(manager.toString(), manager));
		return keys.isEmpty() ? Mono.just(Set.of()) : Flux
			.from(this.accounts.distinct(Fields.MANAGER, Filters.in(Fields.MANAGER, keys.keySet()), String.class))
			.mapNotNull(keys::get)
			.collect(Collectors.toSet());
	}

	private Mono<Map<ObjectKey, Facts>> facts(Wanted wanted) {
		Flux<StoredFacts> containers = wanted.containers().isEmpty() ? Flux.empty()
				: Flux.from(this.facts.find(MongoDirectoryObjects.byId(wanted.containers()))
					.projection(wanted.nestings().isEmpty() ? OF_CONTAINERS : AND_WHAT_THEY_ARE_IN)
					.batchSize(ANSWER_SIZE));
		Flux<StoredFacts> objects = wanted.objects().isEmpty() ? Flux.empty()
				: Flux.from(this.facts.find(MongoDirectoryObjects.byId(wanted.objects())).batchSize(ANSWER_SIZE));
		return Flux.concat(containers, objects).map(StoredFacts::facts).collectMap(Facts::key);
	}

}
