package io.rollcall.connector.graph;

import java.util.ArrayList;
import java.util.List;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.ObjectKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One entry of an edge annotation, such as {@code members@delta}. */
record Edge(ObjectId id, ObjectKind kind, boolean removed) {

	/** All entries; null for one without an id. */
	static List<@Nullable Edge> list(JsonParser parser, @Nullable JsonToken token) {
		JsonValues.expect(token, JsonToken.START_ARRAY);
		List<@Nullable Edge> edges = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			JsonValues.expect(parser.currentToken(), JsonToken.START_OBJECT);
			edges.add(read(parser));
		}
		return edges;
	}

	static @Nullable Edge read(JsonParser parser) {
		ObjectId id = null;
		ObjectKind kind = ObjectKind.OTHER;
		boolean removed = false;
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = parser.currentName();
			JsonToken token = parser.nextToken();
			switch (name) {
				case "id" -> id = JsonValues.id(parser, token);
				case "@odata.type" -> {
					String type = JsonValues.text(parser, token);
					kind = (type != null) ? Kinds.ofType(type) : ObjectKind.OTHER;
				}
				case "@removed" -> {
					removed = token != JsonToken.VALUE_NULL;
					parser.skipChildren();
				}
				default -> parser.skipChildren();
			}
		}
		return (id != null) ? new Edge(id, kind, removed) : null;
	}

}
