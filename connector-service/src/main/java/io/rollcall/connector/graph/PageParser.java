package io.rollcall.connector.graph;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import io.rollcall.connector.flow.read.Tenants.Found;
import io.rollcall.connector.flow.read.Tenants.Page;
import io.rollcall.connector.flow.read.Tenants.Related;
import io.rollcall.connector.rules.Resource;
import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.Edges;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Removal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads pages and single objects, an element at a time. Explicit nulls are kept: they say
 * that an attribute was cleared, which the SDK's models cannot.
 */
final class PageParser {

	private static final ObjectReader JSON = JsonMapper.shared()
		.readerFor(Object.class)
		.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

	private final Resource resource;

	private final Set<String> selected;

	PageParser(Resource resource, List<String> attributes) {
		this.resource = resource;
		this.selected = Set.copyOf(attributes);
	}

	/**
	 * A page of a chain, or {@link Unreadable}; a {@link JacksonIOException} when the
	 * network fails.
	 */
	Page page(InputStream json) {
		return read(json, (parser) -> {
			Reading reading = new Reading();
			Links links = elements(parser, reading::object);
			if ((links.next() == null) == (links.delta() == null)) {
				throw new IllegalArgumentException("a delta page must have exactly one link");
			}
			return new Page(reading.cells, reading.setAside, links.next(), links.delta());
		});
	}

	/** A single object; a user's manager, expanded, is there or is none. */
	Cell.ObjectRead single(InputStream json) {
		return read(json, (parser) -> {
			expect(parser.nextToken(), JsonToken.START_OBJECT);
			Reading reading = new Reading();
			reading.object(element(parser));
			if (reading.setAside > 0 || !(reading.cells.getFirst() instanceof Cell.ObjectRead object)) {
				throw new IllegalArgumentException("an object, or what it leads to, has no id");
			}
			ObjectId manager = (reading.cells.getLast() instanceof Cell.ManagerRead said) ? said.manager() : null;
			return new Cell.ObjectRead(0, object.object(), object.kind(), object.attributes(),
					(object.kind() == ObjectKind.USER) ? new Edges(List.of(), List.of(), manager) : null);
		});
	}

	/** A page of what an object is in, or who is in it. */
	static Related related(InputStream json) {
		return read(json, (parser) -> {
			List<Found> found = new ArrayList<>();
			Links links = elements(parser, (element) -> {
				ObjectId id = id(element);
				if (id != null) {
					found.add(new Found(id, kind(element)));
				}
			});
			return new Related(found, links.next());
		});
	}

	/** What is no page, as a tree. */
	static JsonNode tree(InputStream json) {
		return read(json, JsonParser::readValueAsTree);
	}

	private static <T> T read(InputStream json, Function<JsonParser, T> reader) {
		try (JsonParser parser = JSON.createParser(json)) {
			return reader.apply(parser);
		}
		catch (JacksonIOException ex) {
			// The network failed, not the answer.
			throw ex;
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new Unreadable(ex);
		}
	}

	private record Links(@Nullable String next, @Nullable String delta) {
	}

	private static Links elements(JsonParser parser, Consumer<Map<String, @Nullable Object>> each) {
		expect(parser.nextToken(), JsonToken.START_OBJECT);
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
						each.accept(element(parser));
					}
				}
				case "@odata.nextLink" -> next = text(parser, token);
				case "@odata.deltaLink" -> delta = text(parser, token);
				default -> parser.skipChildren();
			}
		}
		if (!value) {
			throw new IllegalArgumentException("a page must have a value");
		}
		return new Links(next, delta);
	}

	@SuppressWarnings("unchecked")
	private static Map<String, @Nullable Object> element(JsonParser parser) {
		return (Map<String, @Nullable Object>) JSON.<Object>readValue(parser);
	}

	/** A text; null for anything else. */
	private static @Nullable String text(JsonParser parser, JsonToken token) {
		if (token == JsonToken.VALUE_STRING) {
			return parser.getString();
		}
		parser.skipChildren();
		return null;
	}

	private static void expect(@Nullable JsonToken token, JsonToken expected) {
		if (token != expected) {
			throw new IllegalArgumentException("expected %s, found %s".formatted(expected, token));
		}
	}

	/** An id; null when it is missing or cannot be one. */
	private static @Nullable ObjectId id(Map<String, @Nullable Object> element) {
		try {
			return (element.get("id") instanceof String text) ? new ObjectId(text) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/** What {@code @odata.type} says it is; Graph is not consistent in its case. */
	private static ObjectKind kind(Map<String, @Nullable Object> element) {
		if (!(element.get("@odata.type") instanceof String type)) {
			return ObjectKind.OTHER;
		}
		return switch (type.substring(type.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
			case "user" -> ObjectKind.USER;
			case "group" -> ObjectKind.GROUP;
			case "administrativeunit" -> ObjectKind.ADMINISTRATIVE_UNIT;
			default -> ObjectKind.OTHER;
		};
	}

	/** What a page has given so far. */
	private final class Reading {

		private final List<Cell> cells = new ArrayList<>();

		private int setAside;

		/**
		 * An object and its edges. One without an id cannot be published, and neither can
		 * an edge that leads nowhere; they are set aside, as a page that was refused for
		 * them would stop its chain for ever.
		 */
		void object(Map<String, @Nullable Object> element) {
			ObjectId object = id(element);
			ObjectKind kind = PageParser.this.resource.kind();
			if (object == null) {
				this.setAside++;
			}
			else if (element.get("@removed") instanceof Map<?, ?> removed) {
				this.cells.add(new Cell.ObjectGone(this.cells.size(), object, kind,
						"changed".equals(removed.get("reason")) ? Removal.RESTORABLE : Removal.PERMANENT));
			}
			else {
				Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
				element.forEach((name, value) -> {
					if (PageParser.this.selected.contains(name)) {
						attributes.put(name, value);
					}
				});
				this.cells.add(new Cell.ObjectRead(this.cells.size(), object, kind, new Attributes(attributes), null));
				if (kind == ObjectKind.USER) {
					manager(object, managers(element));
				}
				else {
					members(object, kind, edges(element.get("members@delta")));
				}
			}
		}

		/** Devices, contacts and service principals are no members to us. */
		private void members(ObjectId container, ObjectKind kind, List<Map<String, @Nullable Object>> members) {
			ContainerKind in = (kind == ObjectKind.GROUP) ? ContainerKind.GROUP : ContainerKind.ADMINISTRATIVE_UNIT;
			for (Map<String, @Nullable Object> member : members) {
				ObjectId id = id(member);
				ObjectKind kindOfMember = kind(member);
				if (id == null) {
					this.setAside++;
				}
				else if (kindOfMember == ObjectKind.USER || kindOfMember == ObjectKind.GROUP) {
					this.cells.add(new Cell.EdgeRead(this.cells.size(), id, kindOfMember, in, container,
							member.get("@removed") == null));
				}
			}
		}

		/**
		 * A manager that changed comes with or without the old one as removed; the one
		 * that is not removed counts. No edge at all says that nothing changed.
		 */
		private void manager(ObjectId user, List<Map<String, @Nullable Object>> managers) {
			ObjectId manager = null;
			for (Map<String, @Nullable Object> each : managers) {
				ObjectId id = id(each);
				if (id == null) {
					// Without it nobody knows who the manager is.
					this.setAside++;
					return;
				}
				manager = (each.get("@removed") != null) ? manager : id;
			}
			if (!managers.isEmpty()) {
				this.cells.add(new Cell.ManagerRead(this.cells.size(), user, manager));
			}
		}

		@SuppressWarnings("unchecked")
		private static List<Map<String, @Nullable Object>> managers(Map<String, @Nullable Object> user) {
			return (user.get("manager") instanceof Map<?, ?> expanded)
					? List.of((Map<String, @Nullable Object>) expanded) : edges(user.get("manager@delta"));
		}

		@SuppressWarnings("unchecked")
		private static List<Map<String, @Nullable Object>> edges(@Nullable Object annotation) {
			if (annotation == null) {
				return List.of();
			}
			if (annotation instanceof List<?> list && list.stream().allMatch(Map.class::isInstance)) {
				return (List<Map<String, @Nullable Object>>) list;
			}
			throw new IllegalArgumentException("an edge annotation must be a list of objects");
		}

	}

	/** The answer is not what Graph promises. */
	static final class Unreadable extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Unreadable(RuntimeException cause) {
			super("Graph's answer cannot be read: " + cause.getMessage(), cause);
		}

	}

}
