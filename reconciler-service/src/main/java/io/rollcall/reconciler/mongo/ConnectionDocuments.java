package io.rollcall.reconciler.mongo;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.SourceId;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.mapping.Expression;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * One document a connection, which the coordinator writes and apply reads: {@code {_id:
 * connection, organization, source, name, status, at?, setAside?: true, hidden?: ["G…",
 * "A…"], rules?}}. The rules are {@link Rules} as JSON, expressions as texts.
 */
public final class ConnectionDocuments {

	public static final String CONNECTIONS = "connections";

	public static final String HIDDEN = "hidden";

	private static final JsonMapper JSON = EventFormat.json()
		.rebuild()
		.addModule(new SimpleModule().addSerializer(new ToStringSerializer(Expression.class))
			.addDeserializer(Expression.class, new ExpressionReader()))
		.build();

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
				document.getBoolean("setAside", false),
				document.getList(HIDDEN, String.class, List.of())
					.stream()
					.map(Container::parse)
					.collect(Collectors.toSet()));
	}

	private static Rules rulesOf(Document connection) {
		Document rules = connection.get("rules", Document.class);
		if (rules == null) {
			return Rules.standard();
		}
		return PARSED.compute(connection.getString(Fields.ID), (_,
				last) -> (last != null && last.document.equals(rules)) ? last : new Parsed(rules, rules(rules))).rules;
	}

	/** Reads rules as they are stored. */
	public static Rules rules(Document stored) {
		return JSON.readValue(stored.toJson(), Rules.class);
	}

	/** Rules as they are stored. */
	public static Document document(Rules rules) {
		return Document.parse(JSON.writeValueAsString(rules));
	}

	private static final class ExpressionReader extends StdDeserializer<Expression> {

		private ExpressionReader() {
			super(Expression.class);
		}

		@Override
		public Expression deserialize(JsonParser parser, DeserializationContext context) {
			return Expression.parse(parser.getValueAsString());
		}

	}

	private record Parsed(Document document, Rules rules) {
	}

}
