package io.rollcall.reconciler.mongo;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.SourceId;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.rules.Rules;
import io.rollcall.reconciler.rules.mapping.Expression;
import org.bson.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.FromStringDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.ToStringSerializer;

/**
 * One document a connection, which the coordinator writes and apply reads: {@code {_id:
 * connection, organization, source, name, status, at?, setAside?: true, rules?}}. Rules
 * are in the JSON of events, their expressions as text.
 */
public final class ConnectionDocuments {

	public static final String CONNECTIONS = "connections";

	private static final JsonMapper JSON = EventFormat.json()
		.rebuild()
		.addModule(new SimpleModule().addSerializer(Expression.class, ToStringSerializer.instance)
			.addDeserializer(Expression.class, new FromStringDeserializer<>(Expression.class) {

				@Override
				protected Expression _deserialize(String text, DeserializationContext context) {
					return Expression.parse(text);
				}

			}))
		.build();

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
		Document rules = document.get("rules", Document.class);
		return new Connection(new ConnectionId(document.getString(Fields.ID)),
				new OrganizationId(document.getString(Fields.ORGANIZATION)), new SourceId(document.getString("source")),
				document.getString("name"), ConnectionStatus.valueOf(document.getString("status")),
				(rules != null) ? JSON.readValue(rules.toJson(), Rules.class) : Rules.standard(),
				document.getBoolean("setAside", false));
	}

	public static Document document(Rules rules) {
		return Document.parse(JSON.writeValueAsString(rules));
	}

}
