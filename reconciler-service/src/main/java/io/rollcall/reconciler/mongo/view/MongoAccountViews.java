package io.rollcall.reconciler.mongo.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.reconciler.flow.view.AccountView;
import io.rollcall.reconciler.flow.view.AccountViews;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.rules.EmailKeys;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Accounts for looking at. */
public final class MongoAccountViews implements AccountViews {

	private final MongoCollection<Document> accounts;

	public MongoAccountViews(MongoDatabase database) {
		this.accounts = database.getCollection("accounts");
	}

	@Override
	public Mono<AccountView> find(OrganizationId organization, AccountId account) {
		return Mono.from(this.accounts.find(Filters.eq("_id", organization + ":" + account)).first())
			.map(MongoAccountViews::view);
	}

	@Override
	public Mono<Page<AccountView>> list(OrganizationId organization, Query query, @Nullable String cursor, int limit) {
		List<Bson> filters = new ArrayList<>();
		if (query.email() != null) {
			String key = EmailKeys.of(query.email());
			filters.add(Filters.eq("organization", organization.value()));
			filters.add(Filters.eq("emailKey", (key != null) ? key : query.email()));
		}
		filters.add((query.status() != null) ? Filters.eq("status", query.status()) : Filters.ne("status", "WAITING"));
		if (query.text() != null) {
			Pattern beginning = Pattern.compile("^" + Pattern.quote(query.text()), Pattern.CASE_INSENSITIVE);
			filters
				.add(Filters.or(Filters.regex("fields.displayName", beginning), Filters.regex("emailKey", beginning)));
		}
		return page(organization, Filters.and(filters), cursor, limit);
	}

	@Override
	public Mono<Page<AccountView>> members(OrganizationId organization, TeamId team, @Nullable String cursor,
			int limit) {
		return page(organization, Filters.and(Filters.eq("organization", organization.value()),
				Filters.eq("memberships.team", team.value()), Filters.eq("status", "ACTIVE")), cursor, limit);
	}

	private Mono<Page<AccountView>> page(OrganizationId organization, Bson filter, @Nullable String cursor, int limit) {
		Bson rest = Filters.and(filter, Filters.gt("_id", organization + ":" + ((cursor != null) ? cursor : "")),
				Filters.lt("_id", organization + ";"));
		return Flux
			.from(this.accounts.find(rest)
				.projection(Projections.exclude("pending"))
				.sort(Sorts.ascending("_id"))
				.limit(limit))
			.map(MongoAccountViews::view)
			.collectList()
			.map((found) -> new Page<>(found, (found.size() == limit) ? found.getLast().id() : null));
	}

	private static AccountView view(Document document) {
		Map<String, String> fields = new LinkedHashMap<>();
		document.get("fields", new Document()).forEach((name, value) -> fields.put(name, (String) value));
		String id = document.getString("account");
		Document link = document.get("link", new Document());
		Document held = document.get("held", Document.class);
		Document staged = document.get("staged", new Document());
		Document leaver = staged.get("leaver", Document.class);
		return new AccountView(document.getString("organization"), id, document.getString("status"),
				fields.getOrDefault("displayName", id), fields.get("email"), fields, link.getString("connection"),
				link.getString("object"), places(document),
				(held != null) ? new AccountView.Hold(held.getString("reason"), held.getString("detail")) : null,
				(leaver != null) ? leaver.getString("reason") : null,
				staged.getList("removals", Document.class, List.of()).size(), document.getLong("version"),
				document.getDate("updatedAt").toInstant());
	}

	private static List<AccountView.Place> places(Document document) {
		return document.getList("memberships", Document.class, List.of())
			.stream()
			.map((place) -> new AccountView.Place(place.getString("team"), place.getString("teamName"),
					place.getString("role"), place.getString("origin")))
			.toList();
	}

}
