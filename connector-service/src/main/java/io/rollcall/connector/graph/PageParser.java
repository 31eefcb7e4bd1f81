package io.rollcall.connector.graph;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.connector.flow.Item;
import io.rollcall.connector.flow.Page;
import io.rollcall.connector.rules.Resource;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Removal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a delta page, or a single object, as a stream of tokens. Explicit nulls are kept:
 * they say that an attribute was cleared, which the SDK's models cannot.
 */
final class PageParser {

	private static final JsonFactory FACTORY = new JsonFactory();

	private final ObjectKind kind;

	private final Set<String> selected;

	PageParser(Resource resource, List<String> attributes) {
		this.kind = resource.kind();
		this.selected = new HashSet<>(attributes);
	}

	/** A page, or {@link Unreadable}; a {@link JacksonIOException} when the network fails. */
	Page page(InputStream json) {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
			return page(parser);
		}
		catch (JacksonIOException ex) {
			// The network failed, not the answer.
			throw ex;
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new Unreadable(ex);
		}
	}

	/** A single object, whose manager, expanded, is there or is none. */
	List<Item> single(InputStream json) {
		try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
			expect(parser.nextToken(), JsonToken.START_OBJECT);
			List<Item> items = new ArrayList<>();
			ObjectId id = object(parser, items);
			if (this.kind == ObjectKind.USER && items.stream().noneMatch(Item.Manager.class::isInstance)) {
				items.add(new Item.Manager(id, null));
			}
			return items;
		}
		catch (JacksonIOException ex) {
			// The network failed, not the answer.
			throw ex;
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new Unreadable(ex);
		}
	}

	private Page page(JsonParser parser) {
		expect(parser.nextToken(), JsonToken.START_OBJECT);
		List<Item> items = new ArrayList<>();
		String next = null;
		String delta = null;
		boolean value = false;
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = parser.currentName();
			JsonToken token = parser.nextToken();
			switch (name) {
				case "value" -> {
					expect(token, JsonToken.START_ARRAY);
					value = true;
					while (parser.nextToken() != JsonToken.END_ARRAY) {
						expect(parser.currentToken(), JsonToken.START_OBJECT);
						object(parser, items);
					}
				}
				case "@odata.nextLink" -> next = parser.getString();
				case "@odata.deltaLink" -> delta = parser.getString();
				default -> parser.skipChildren();
			}
		}
		if (!value || (next == null) == (delta == null)) {
			throw new IllegalArgumentException("a delta page must have a value and exactly one link");
		}
		return new Page(items, next, delta);
	}

	private ObjectId object(JsonParser parser, List<Item> items) {
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
		List<Edge> members = List.of();
		List<Edge> managers = List.of();
		String id = null;
		Removal removal = null;
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = parser.currentName();
			JsonToken token = parser.nextToken();
			switch (name) {
				case "id" -> id = parser.getString();
				case "@removed" -> removal = removal(parser, token);
				case "members@delta" -> members = edges(parser, token);
				case "manager@delta" -> managers = edges(parser, token);
				case "manager" -> managers = (token == JsonToken.START_OBJECT) ? List.of(edge(parser)) : List.of();
				default -> {
					if (this.selected.contains(name)) {
						attributes.put(name, value(parser, token));
					}
					else {
						parser.skipChildren();
					}
				}
			}
		}
		ObjectId object = new ObjectId(required(id));
		if (removal != null) {
			items.add(new Item.Gone(object, this.kind, removal));
			return object;
		}
		items.add(new Item.Seen(object, this.kind, new Attributes(attributes)));
		for (Edge member : members) {
			items.add(new Item.Member(object, this.kind, member.id(), member.kind(), !member.removed()));
		}
		manager(object, managers, items);
		return object;
	}

	/**
	 * A manager that changed comes with or without the old one as removed; the one that
	 * is not removed counts. No edge at all says that nothing changed.
	 */
	private static void manager(ObjectId user, List<Edge> managers, List<Item> items) {
		if (!managers.isEmpty()) {
			ObjectId manager = null;
			for (Edge edge : managers) {
				manager = edge.removed() ? manager : edge.id();
			}
			items.add(new Item.Manager(user, manager));
		}
	}

	private static List<Edge> edges(JsonParser parser, JsonToken token) {
		expect(token, JsonToken.START_ARRAY);
		List<Edge> edges = new ArrayList<>();
		while (parser.nextToken() != JsonToken.END_ARRAY) {
			expect(parser.currentToken(), JsonToken.START_OBJECT);
			edges.add(edge(parser));
		}
		return edges;
	}

	private static Edge edge(JsonParser parser) {
		String id = null;
		ObjectKind kind = ObjectKind.OTHER;
		boolean removed = false;
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = parser.currentName();
			JsonToken token = parser.nextToken();
			switch (name) {
				case "id" -> id = parser.getString();
				case "@odata.type" -> kind = Kinds.ofType(parser.getString());
				case "@removed" -> {
					removed = token != JsonToken.VALUE_NULL;
					parser.skipChildren();
				}
				default -> parser.skipChildren();
			}
		}
		return new Edge(new ObjectId(required(id)), kind, removed);
	}

	private static @Nullable Removal removal(JsonParser parser, JsonToken token) {
		if (token == JsonToken.VALUE_NULL) {
			return null;
		}
		expect(token, JsonToken.START_OBJECT);
		Removal removal = Removal.PERMANENT;
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = parser.currentName();
			parser.nextToken();
			if (name.equals("reason") && "changed".equals(parser.getString())) {
				removal = Removal.RESTORABLE;
			}
			parser.skipChildren();
		}
		return removal;
	}

	private static @Nullable Object value(JsonParser parser, JsonToken token) {
		return switch (token) {
			case VALUE_STRING -> parser.getString();
			case VALUE_TRUE -> Boolean.TRUE;
			case VALUE_FALSE -> Boolean.FALSE;
			case VALUE_NULL -> null;
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
			case START_ARRAY -> {
				List<@Nullable Object> list = new ArrayList<>();
				for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
					list.add(value(parser, next));
				}
				yield list;
			}
			case START_OBJECT -> {
				Map<String, @Nullable Object> map = new LinkedHashMap<>();
				while (parser.nextToken() != JsonToken.END_OBJECT) {
					map.put(parser.currentName(), value(parser, parser.nextToken()));
				}
				yield map;
			}
			case END_ARRAY, END_OBJECT, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
				throw new IllegalArgumentException("unexpected " + token);
		};
	}

	private static void expect(@Nullable JsonToken token, JsonToken expected) {
		if (token != expected) {
			throw new IllegalArgumentException("expected %s, found %s".formatted(expected, token));
		}
	}

	private static String required(@Nullable String id) {
		if (id == null) {
			throw new IllegalArgumentException("an object has no id");
		}
		return id;
	}

	/** One entry of an edge annotation. */
	private record Edge(ObjectId id, ObjectKind kind, boolean removed) {
	}

	/** The answer is not what Graph promises. */
	static final class Unreadable extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Unreadable(RuntimeException cause) {
			super("Graph's answer cannot be read: " + cause.getMessage(), cause);
		}

	}

}
