package io.rollcall.reconciler.mongo.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.flow.view.TeamView;
import io.rollcall.reconciler.flow.view.TeamViews;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Teams for looking at; their members are counted on the accounts. */
public final class MongoTeamViews implements TeamViews {

	private final MongoCollection<Document> teams;

	private final MongoCollection<Document> accounts;

	public MongoTeamViews(MongoDatabase database) {
		this.teams = database.getCollection("teams");
		this.accounts = database.getCollection("accounts");
	}

	@Override
	public Mono<TeamView> find(OrganizationId organization, TeamId team) {
		return Mono.from(this.teams.find(Filters.eq("_id", organization + ":" + team)).first())
			.flatMap((found) -> counted(organization, List.of(found)).map(List::getFirst));
	}

	@Override
	public Mono<Page<TeamView>> list(OrganizationId organization, @Nullable String text, @Nullable String cursor,
			int limit) {
		List<Bson> filters = new ArrayList<>();
		filters.add(Filters.gt("_id", organization + ":" + ((cursor != null) ? cursor : "")));
		filters.add(Filters.lt("_id", organization + ";"));
		if (text != null) {
			filters.add(Filters.regex("name", Pattern.compile("^" + Pattern.quote(text), Pattern.CASE_INSENSITIVE)));
		}
		return Flux
			.from(this.teams.find(Filters.and(filters))
				.projection(Projections.exclude("pending"))
				.sort(Sorts.ascending("_id"))
				.limit(limit))
			.collectList()
			.flatMap((found) -> counted(organization, found))
			.map((views) -> new Page<>(views, (views.size() == limit) ? views.getLast().id() : null));
	}

	private Mono<List<TeamView>> counted(OrganizationId organization, List<Document> teams) {
		List<String> ids = teams.stream().map((team) -> team.getString("team")).toList();
		Bson members = Filters.and(Filters.eq("organization", organization.value()),
				Filters.in("memberships.team", ids), Filters.eq("status", "ACTIVE"));
		Mono<Map<String, Integer>> counts = Flux
			.from(this.accounts.aggregate(
					List.of(Aggregates.match(members), Aggregates.project(Projections.include("memberships.team")),
							Aggregates.unwind("$memberships"), Aggregates.match(Filters.in("memberships.team", ids)),
							Aggregates.group("$memberships.team", Accumulators.sum("count", 1)))))
			.collectMap((sum) -> sum.getString("_id"), (sum) -> sum.getInteger("count"));
		return counts.map((sums) -> teams.stream()
			.map((team) -> view(team, sums.getOrDefault(team.getString("team"), 0)))
			.toList());
	}

	private static TeamView view(Document document, long members) {
		Document group = document.get("group", new Document());
		return new TeamView(document.getString("organization"), document.getString("team"), document.getString("name"),
				document.getString("status"), group.getString("connection"), group.getString("object"), members,
				document.containsKey("staged"), document.getLong("version"), document.getDate("updatedAt").toInstant());
	}

}
