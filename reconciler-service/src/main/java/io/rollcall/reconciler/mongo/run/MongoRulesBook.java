package io.rollcall.reconciler.mongo.run;

import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.model.Sorts;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.reconciler.flow.RulesBook;
import io.rollcall.reconciler.flow.act.PublishedRules;
import io.rollcall.reconciler.flow.act.RulesStore;
import io.rollcall.reconciler.rules.Rules;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import static com.mongodb.client.model.Filters.eq;

/**
 * Rules, a document a version. Nothing is cached: whoever decides after new rules were
 * stored reads them.
 */
public final class MongoRulesBook implements RulesBook, RulesStore {

	private final MongoCollection<Document> rules;

	public MongoRulesBook(MongoDatabase database) {
		this.rules = database.getCollection("rules");
	}

	@Override
	public Mono<Rules> current(ConnectionId connection) {
		return newest(connection).map(PublishedRules::rules).defaultIfEmpty(Rules.standard());
	}

	@Override
	public Mono<PublishedRules> newest(ConnectionId connection) {
		return Mono
			.from(this.rules.find(eq("connection", connection.value())).sort(Sorts.descending("version")).first())
			.map(MongoRulesBook::published);
	}

	@Override
	public Mono<Boolean> add(PublishedRules published) {
		return Mono.from(this.rules.insertOne(document(published)))
			.thenReturn(true)
			.onErrorResume(Documents::duplicateKey, (taken) -> Mono.just(false));
	}

	private static Document document(PublishedRules published) {
		Rules rules = published.rules();
		Set<ObjectId> chosen = rules.chosenGroups();
		return new Document("_id", published.connection() + ":" + rules.version())
			.append("organization", published.organization().value())
			.append("connection", published.connection().value())
			.append("version", rules.version())
			.append("selection", rules.selection())
			.append("scope",
					new Document("guests", rules.scope().guests()).append("disabled", rules.scope().disabled()))
			.append("fields",
					rules.fields()
						.entrySet()
						.stream()
						.map((field) -> new Document("field", field.getKey()).append("attribute", field.getValue()))
						.toList())
			.append("chosenGroups", (chosen != null) ? chosen.stream().map(ObjectId::value).sorted().toList() : null)
			.append("guard",
					new Document("accounts", limit(rules.guard().accounts()))
						.append("memberships", limit(rules.guard().memberships()))
						.append("teams", limit(rules.guard().teams())))
			.append("by", published.by())
			.append("at", Date.from(published.at()));
	}

	private static PublishedRules published(Document document) {
		Document scope = document.get("scope", Document.class);
		Document guard = document.get("guard", Document.class);
		Map<String, String> fields = new HashMap<>();
		document.getList("fields", Document.class)
			.forEach((field) -> fields.put(field.getString("field"), field.getString("attribute")));
		Rules rules = new Rules(document.getInteger("version"), document.getInteger("selection"),
				new Rules.Scope(scope.getBoolean("guests"), scope.getBoolean("disabled")), fields,
				chosen(document.getList("chosenGroups", String.class)),
				new Rules.Guard(limit(guard, "accounts"), limit(guard, "memberships"), limit(guard, "teams")));
		return new PublishedRules(new OrganizationId(document.getString("organization")),
				new ConnectionId(document.getString("connection")), rules, document.getString("by"),
				document.getDate("at").toInstant());
	}

	private static @Nullable Set<ObjectId> chosen(@Nullable List<String> groups) {
		return (groups != null) ? groups.stream().map(ObjectId::new).collect(Collectors.toSet()) : null;
	}

	private static Document limit(Rules.Limit limit) {
		return new Document("absolute", limit.absolute()).append("percent", limit.percent());
	}

	private static Rules.Limit limit(Document guard, String kind) {
		Document limit = guard.get(kind, Document.class);
		return new Rules.Limit(limit.getLong("absolute"), limit.getInteger("percent"));
	}

}
