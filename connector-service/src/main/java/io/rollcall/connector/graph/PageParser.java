package io.rollcall.connector.graph;

import java.io.InputStream;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.rollcall.connector.flow.Tenants.Found;
import io.rollcall.connector.flow.Tenants.Page;
import io.rollcall.connector.flow.Tenants.Related;
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
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads pages and single objects. Explicit nulls are kept: they say that an attribute was
 * cleared, which the SDK's models cannot.
 */
final class PageParser {

	private static final ObjectReader JSON = JsonMapper.shared()
		.reader()
		.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

	private static final ObjectReader BODIES = JSON.forType(Body.class);

	private static final ObjectReader ELEMENTS = JSON.forType(Element.class);

	private final Resource resource;

	private final Set<String> selected;

	/** A page as Graph sends it. */
	private record Body(@Nullable List<@Nullable Element> value,
			@JsonProperty("@odata.nextLink") @Nullable String nextLink,
			@JsonProperty("@odata.deltaLink") @Nullable String deltaLink) {

		List<Element> elements() {
			if (this.value == null || this.value.contains(null)) {
				throw new IllegalArgumentException("a page must have a value, which lists objects");
			}
			return this.value;
		}

	}

	/** An object, or what one of its edges leads to. */
	private record Element(@JsonProperty("id") @Nullable Object said,
			@JsonProperty("@odata.type") @Nullable String type, @JsonProperty("@removed") @Nullable Removed removed,
			@JsonProperty("members@delta") @Nullable List<Element> members,
			@JsonProperty("manager@delta") @Nullable List<Element> managers, @Nullable Element manager,
			@JsonAnySetter Map<String, @Nullable Object> attributes) {

		/** Null when it is missing or cannot be one. */
		@Nullable ObjectId id() {
			try {
				return (this.said instanceof String text) ? new ObjectId(text) : null;
			}
			catch (IllegalArgumentException ex) {
				return null;
			}
		}

		/** Graph is not consistent in the case of types. */
		ObjectKind kind() {
			String name = (this.type != null) ? this.type.substring(this.type.lastIndexOf('.') + 1) : "";
			return switch (name.toLowerCase(Locale.ROOT)) {
				case "user" -> ObjectKind.USER;
				case "group" -> ObjectKind.GROUP;
				case "administrativeunit" -> ObjectKind.ADMINISTRATIVE_UNIT;
				default -> ObjectKind.OTHER;
			};
		}

	}

	private record Removed(@Nullable String reason) {
	}

	PageParser(Resource resource, List<String> attributes) {
		this.resource = resource;
		this.selected = Set.copyOf(attributes);
	}

	/**
	 * A page of a chain, or {@link Unreadable}; a {@link JacksonIOException} when the
	 * network fails.
	 */
	Page page(InputStream json) {
		return read(BODIES, json, (Body body) -> {
			Reading reading = new Reading();
			body.elements().forEach(reading::object);
			if ((body.nextLink() == null) == (body.deltaLink() == null)) {
				throw new IllegalArgumentException("a delta page must have exactly one link");
			}
			return new Page(reading.cells, reading.setAside, body.nextLink(), body.deltaLink());
		});
	}

	/** A single object; a user's manager, expanded, is there or is none. */
	Cell.ObjectRead single(InputStream json) {
		return read(ELEMENTS, json, (Element element) -> {
			Reading reading = new Reading();
			reading.object(element);
			if (reading.setAside > 0 || !(reading.cells.getFirst() instanceof Cell.ObjectRead object)) {
				throw new IllegalArgumentException("an object, or what it leads to, has no id");
			}
			ObjectId manager = (reading.cells.getLast() instanceof Cell.ManagerRead read) ? read.manager() : null;
			return new Cell.ObjectRead(0, object.object(), object.kind(), object.attributes(),
					(object.kind() == ObjectKind.USER) ? new Edges(List.of(), List.of(), manager) : null);
		});
	}

	/** A page of what an object is in, or who is in it. */
	static Related related(InputStream json) {
		return read(BODIES, json, (Body body) -> {
			List<Found> found = new ArrayList<>();
			for (Element element : body.elements()) {
				ObjectId id = element.id();
				if (id != null) {
					found.add(new Found(id, element.kind()));
				}
			}
			return new Related(found, body.nextLink());
		});
	}

	/** What an answer says, or {@link Unreadable}. */
	static <B, T> T read(ObjectReader bodies, InputStream json, Function<B, T> reader) {
		try {
			B body = bodies.readValue(json);
			if (body == null) {
				throw new IllegalArgumentException("it is null");
			}
			return reader.apply(body);
		}
		catch (JacksonIOException ex) {
			// The network failed, not the answer.
			throw ex;
		}
		catch (JacksonException | IllegalArgumentException | DateTimeException ex) {
			throw new Unreadable(ex);
		}
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
		void object(Element element) {
			ObjectId object = element.id();
			ObjectKind kind = PageParser.this.resource.kind();
			if (object == null) {
				this.setAside++;
			}
			else if (element.removed() != null) {
				this.cells.add(new Cell.ObjectGone(this.cells.size(), object, kind,
						"changed".equals(element.removed().reason()) ? Removal.RESTORABLE : Removal.PERMANENT));
			}
			else {
				element.attributes().keySet().retainAll(PageParser.this.selected);
				this.cells.add(new Cell.ObjectRead(this.cells.size(), object, kind,
						new Attributes(element.attributes()), null));
				if (kind == ObjectKind.USER) {
					manager(object, (element.manager() != null) ? List.of(element.manager()) : element.managers());
				}
				else if (element.members() != null) {
					members(object, kind, element.members());
				}
			}
		}

		/** Devices, contacts and service principals are no members to us. */
		private void members(ObjectId container, ObjectKind kind, List<Element> members) {
			ContainerKind in = (kind == ObjectKind.GROUP) ? ContainerKind.GROUP : ContainerKind.ADMINISTRATIVE_UNIT;
			for (Element member : members) {
				ObjectId id = member.id();
				ObjectKind kindOfMember = member.kind();
				if (id == null) {
					this.setAside++;
				}
				else if (kindOfMember == ObjectKind.USER || kindOfMember == ObjectKind.GROUP) {
					this.cells.add(new Cell.EdgeRead(this.cells.size(), id, kindOfMember, in, container,
							member.removed() == null));
				}
			}
		}

		/**
		 * A manager that changed comes with or without the old one as removed; the one
		 * that is not removed counts. No edge at all says that nothing changed.
		 */
		private void manager(ObjectId user, @Nullable List<Element> managers) {
			if (managers == null || managers.isEmpty()) {
				return;
			}
			ObjectId manager = null;
			for (Element each : managers) {
				ObjectId id = each.id();
				if (id == null) {
					// Without it nobody knows who the manager is.
					this.setAside++;
					return;
				}
				manager = (each.removed() != null) ? manager : id;
			}
			this.cells.add(new Cell.ManagerRead(this.cells.size(), user, manager));
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
