package io.rollcall.connector.graph;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
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

	/**
	 * A page, or {@link Unreadable}; a {@link JacksonIOException} when the network fails.
	 */
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
			JsonValues.expect(parser.nextToken(), JsonToken.START_OBJECT);
			Found found = new Found();
			ObjectId id = object(parser, found);
			if (id == null || found.setAside > 0) {
				throw new IllegalArgumentException("an object, or what it leads to, has no id");
			}
			if (this.kind == ObjectKind.USER && found.items.stream().noneMatch(Item.Manager.class::isInstance)) {
				found.items.add(new Item.Manager(id, null));
			}
			return found.items;
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
		JsonValues.expect(parser.nextToken(), JsonToken.START_OBJECT);
		Found found = new Found();
		String next = null;
		String delta = null;
		boolean value = false;
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = parser.currentName();
			JsonToken token = parser.nextToken();
			switch (name) {
				case "value" -> {
					JsonValues.expect(token, JsonToken.START_ARRAY);
					value = true;
					while (parser.nextToken() != JsonToken.END_ARRAY) {
						JsonValues.expect(parser.currentToken(), JsonToken.START_OBJECT);
						object(parser, found);
					}
				}
				case "@odata.nextLink" -> next = JsonValues.text(parser, token);
				case "@odata.deltaLink" -> delta = JsonValues.text(parser, token);
				default -> parser.skipChildren();
			}
		}
		if (!value || (next == null) == (delta == null)) {
			throw new IllegalArgumentException("a delta page must have a value and exactly one link");
		}
		return new Page(found.items, found.setAside, next, delta);
	}

	/**
	 * An object. One without an id cannot be published, and neither can an edge that
	 * leads nowhere; they are set aside, as a page that was refused for them would stop
	 * its chain for ever.
	 * @return its id, or null when it was set aside
	 */
	private @Nullable ObjectId object(JsonParser parser, Found found) {
		Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
		List<@Nullable Edge> members = List.of();
		List<@Nullable Edge> managers = List.of();
		ObjectId object = null;
		Removal removal = null;
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = parser.currentName();
			JsonToken token = parser.nextToken();
			switch (name) {
				case "id" -> object = JsonValues.id(parser, token);
				case "@removed" -> removal = removal(parser, token);
				case "members@delta" -> members = Edge.list(parser, token);
				case "manager@delta" -> managers = Edge.list(parser, token);
				case "manager" ->
					managers = (token == JsonToken.START_OBJECT) ? Arrays.asList(Edge.read(parser)) : List.of();
				default -> {
					if (this.selected.contains(name)) {
						attributes.put(name, JsonValues.any(parser, token));
					}
					else {
						parser.skipChildren();
					}
				}
			}
		}
		if (object == null) {
			found.setAside++;
			return null;
		}
		if (removal != null) {
			found.items.add(new Item.Gone(object, this.kind, removal));
			return object;
		}
		found.items.add(new Item.Seen(object, this.kind, new Attributes(attributes)));
		for (Edge member : members) {
			if (member == null) {
				found.setAside++;
			}
			else {
				found.items.add(new Item.Member(object, this.kind, member.id(), member.kind(), !member.removed()));
			}
		}
		manager(object, managers, found);
		return object;
	}

	/**
	 * A manager that changed comes with or without the old one as removed; the one that
	 * is not removed counts. No edge at all says that nothing changed.
	 */
	private static void manager(ObjectId user, List<@Nullable Edge> managers, Found found) {
		if (managers.isEmpty()) {
			return;
		}
		ObjectId manager = null;
		for (Edge edge : managers) {
			if (edge == null) {
				// Without it nobody knows who the manager is.
				found.setAside++;
				return;
			}
			manager = edge.removed() ? manager : edge.id();
		}
		found.items.add(new Item.Manager(user, manager));
	}

	private static @Nullable Removal removal(JsonParser parser, JsonToken token) {
		if (token == JsonToken.VALUE_NULL) {
			return null;
		}
		JsonValues.expect(token, JsonToken.START_OBJECT);
		Removal removal = Removal.PERMANENT;
		while (parser.nextToken() != JsonToken.END_OBJECT) {
			String name = parser.currentName();
			String value = JsonValues.text(parser, parser.nextToken());
			if (name.equals("reason") && "changed".equals(value)) {
				removal = Removal.RESTORABLE;
			}
		}
		return removal;
	}

	/** What a page has given so far. */
	private static final class Found {

		private final List<Item> items = new ArrayList<>();

		private int setAside;

	}

	/** The answer is not what Graph promises. */
	static final class Unreadable extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Unreadable(RuntimeException cause) {
			super("Graph's answer cannot be read: " + cause.getMessage(), cause);
		}

	}

}
