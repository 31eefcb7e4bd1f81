package io.rollcall.reconciler.mongo;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.SourceId;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.mapping.EmailMapping;
import io.rollcall.reconciler.rules.mapping.Expression;
import io.rollcall.reconciler.rules.mapping.Mapping;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One document a connection, which the coordinator writes and apply reads: {@code {_id:
 * connection, organization, source, name, status, at?, setAside?: true, rules?: {version,
 * scope: {guests, disabled}, mapping: {displayName, email: {from, onMicrosoft}, fields:
 * [{field, from, whenEmpty}]}, chosenGroups?: [id], guard: {kind: {percent, floor,
 * ceiling}}}}}.
 */
public final class ConnectionDocuments {

	public static final String CONNECTIONS = "connections";

	/** What each connection's rules were when they were read last: parsed once. */
	private static final Map<String, Parsed> PARSED = new ConcurrentHashMap<>();

	private ConnectionDocuments() {
	}

	/** Those of the connections that are known. */
	public static Mono<Map<ConnectionId, Connection>> find(MongoDatabase database, Collection<ConnectionId> ids) {
		return Flux
			.from(database.getCollection(CONNECTIONS)
				.find(Filters.in(Fields.ID, ids.stream().map(ConnectionId::value).toList())))
			.map(ConnectionDocuments::connection)
			.collectMap(Connection::id);
	}

	/** All that are known. */
	public static List<Connection> all(MongoDatabase database) {
		return Answers.await(Flux.from(database.getCollection(CONNECTIONS).find())
			.map(ConnectionDocuments::connection)
			.collectList());
	}

	private static Connection connection(Document document) {
		return new Connection(new ConnectionId(document.getString(Fields.ID)),
				new OrganizationId(document.getString(Fields.ORGANIZATION)), new SourceId(document.getString("source")),
				document.getString("name"), ConnectionStatus.valueOf(document.getString("status")), rulesOf(document),
				document.getBoolean("setAside", false));
	}

	private static Rules rulesOf(Document connection) {
		Document rules = connection.get("rules", Document.class);
		if (rules == null) {
			return Rules.standard();
		}
		return PARSED.compute(connection.getString(Fields.ID), (_,
				last) -> (last != null && last.document.equals(rules)) ? last : new Parsed(rules, rules(rules))).rules;
	}

	public static Document document(Rules rules) {
		Rules.Guard guard = rules.guard();
		return new Document("version", rules.version())
			.append("scope",
					new Document("guests", rules.scope().guests()).append("disabled", rules.scope().disabled()))
			.append("mapping", document(rules.mapping()))
			.append("chosenGroups", groups(rules))
			.append("guard",
					new Document("accounts", document(guard.accounts()))
						.append("memberships", document(guard.memberships()))
						.append("teams", document(guard.teams()))
						.append("addresses", document(guard.addresses())));
	}

	private static Rules rules(Document document) {
		Document scope = document.get("scope", Document.class);
		Document guard = document.get("guard", Document.class);
		List<String> chosen = document.getList("chosenGroups", String.class);
		return new Rules(document.getInteger("version"),
				new Rules.Scope(scope.getBoolean("guests"), scope.getBoolean("disabled")),
				mapping(document.get("mapping", Document.class)),
				(chosen != null) ? chosen.stream().map(ObjectId::new).collect(Collectors.toSet()) : null,
				new Rules.Guard(limit(guard, "accounts"), limit(guard, "memberships"), limit(guard, "teams"),
						limit(guard, "addresses")));
	}

	private static Document document(Mapping mapping) {
		EmailMapping email = mapping.email();
		return new Document("displayName", mapping.displayName().toString())
			.append("email", new Document("from", email.from().name()).append("onMicrosoft", email.onMicrosoft()))
			.append("fields", mapping.fields().entrySet().stream().map((entry) -> {
				Mapping.Field field = entry.getValue();
				return new Document("field", entry.getKey()).append("from", field.from().toString())
					.append("whenEmpty", field.whenEmpty().name());
			}).toList());
	}

	private static Mapping mapping(Document document) {
		Document email = document.get("email", Document.class);
		SortedMap<String, Mapping.Field> fields = new TreeMap<>();
		document.getList("fields", Document.class)
			.forEach((field) -> fields.put(field.getString("field"),
					new Mapping.Field(Expression.parse(field.getString("from")),
							Mapping.WhenEmpty.valueOf(field.getString("whenEmpty")))));
		return new Mapping(Expression.parse(document.getString("displayName")),
				new EmailMapping(EmailMapping.From.valueOf(email.getString("from")), email.getBoolean("onMicrosoft")),
				fields);
	}

	private static @Nullable List<String> groups(Rules rules) {
		return (rules.chosenGroups() != null) ? rules.chosenGroups().stream().map(ObjectId::value).sorted().toList()
				: null;
	}

	private static Document document(Rules.Limit limit) {
		return new Document("percent", limit.percent()).append("floor", limit.floor())
			.append("ceiling", limit.ceiling());
	}

	private static Rules.Limit limit(Document guard, String kind) {
		Document limit = guard.get(kind, Document.class);
		return new Rules.Limit(limit.getInteger("percent"), limit.getLong("floor"), limit.getLong("ceiling"));
	}

	private record Parsed(Document document, Rules rules) {
	}

}
