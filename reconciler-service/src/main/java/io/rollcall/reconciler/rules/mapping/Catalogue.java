package io.rollcall.reconciler.rules.mapping;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The attributes that Graph can give of one kind of object. */
public final class Catalogue {

	/**
	 * A directory extension, which an application adds to a tenant.
	 * @see <a href=
	 * "https://learn.microsoft.com/en-us/graph/extensibility-overview">Extensibility</a>
	 */
	private static final Pattern DIRECTORY_EXTENSION = Pattern.compile("extension_[0-9a-fA-F]{32}_[A-Za-z0-9_]+");

	/**
	 * A schema extension, whose members have the values; where it comes from begins it.
	 */
	private static final Pattern SCHEMA_EXTENSION = Pattern.compile("[a-z0-9]+_[A-Za-z0-9_]+");

	/** Other objects: they are edges and no attributes. */
	private static final String RELATION = "relation";

	private final Map<String, Attribute> attributes = new LinkedHashMap<>();

	public Catalogue(List<Attribute> attributes) {
		attributes.forEach((attribute) -> this.attributes.put(attribute.name(), attribute));
	}

	public List<Attribute> attributes() {
		return List.copyOf(this.attributes.values());
	}

	/**
	 * Why an attribute cannot be mapped, and what to do; null when it can.
	 * @param lists whether a list may stand there
	 */
	public @Nullable String problemOf(String path, boolean lists) {
		Attribute attribute = this.attributes.get(path);
		if (attribute == null) {
			return problemOfUnknown(path);
		}
		String problem = problemOf(attribute);
		if (problem == null && attribute.list() && !lists) {
			return "'%s' is a list: write firstOf(%1$s), or join(', ', %1$s) for all of it".formatted(path);
		}
		return problem;
	}

	/** The expression that maps an attribute by itself; null when none can. */
	public @Nullable String expressionOf(Attribute attribute) {
		if (problemOf(attribute) != null) {
			return null;
		}
		return attribute.list() ? "firstOf(%s)".formatted(attribute.name()) : attribute.name();
	}

	private @Nullable String problemOf(Attribute attribute) {
		String name = attribute.name();
		if (attribute.category().equals(RELATION)) {
			return "'%s' leads to other objects, of which nothing can be mapped".formatted(name);
		}
		if (attribute.tracked() == Tracked.NO) {
			return "'%s' cannot be mapped: delta queries do not tell of it".formatted(name);
		}
		return switch (attribute.type()) {
			case STRING, BOOLEAN, DATE_TIME, INT, STRING_LIST -> null;
			case OBJECT_LIST -> "'%s' is a list of objects, which cannot be mapped".formatted(name);
			case OBJECT -> {
				List<String> members = mappable().stream().filter((each) -> each.startsWith(name + ".")).toList();
				yield members.isEmpty() ? "'%s' is an object, which cannot be mapped".formatted(name)
						: "'%s' is an object: name a member of it, such as %s".formatted(name, members.getFirst());
			}
		};
	}

	private @Nullable String problemOfUnknown(String path) {
		int dot = path.indexOf('.');
		String first = (dot < 0) ? path : path.substring(0, dot);
		Attribute holder = this.attributes.get(first);
		if (holder == null && DIRECTORY_EXTENSION.matcher(first).matches()) {
			return (dot < 0) ? null : "'%s' is a directory extension, which has no members".formatted(first);
		}
		String near = NearMisses.question(path, mappable());
		if (first.startsWith("extension_")) {
			return "'%s' is no directory extension: those are extension_, 32 hexadecimal digits, _ and a name"
				.formatted(first);
		}
		if (holder == null && near.isEmpty() && SCHEMA_EXTENSION.matcher(first).matches()) {
			return (dot > 0) ? null
					: "'%s' can only be a schema extension: name a member of it, such as %1$s.name".formatted(first);
		}
		if (holder != null && near.isEmpty()) {
			return "'%s' has no member '%s'".formatted(first, path.substring(dot + 1));
		}
		return "there is no attribute '%s'%s".formatted(path,
				near.isEmpty() ? ": look into the catalogue of attributes" : near);
	}

	private List<String> mappable() {
		return this.attributes.values()
			.stream()
			.filter((each) -> each.type() != Type.OBJECT && problemOf(each) == null)
			.map(Attribute::name)
			.toList();
	}

	/**
	 * An attribute.
	 *
	 * @param name what an expression calls it; a member of an object with a dot
	 * @param category {@code name}, {@code contact}, {@code work} and so on
	 * @param offer how much it is worth to be offered for a field
	 * @param maxLength documented maximum in characters, for a list of each text
	 * @param permission the application permission that it needs beyond
	 * {@code User.Read.All}
	 * @param labels what people call it, by language
	 */
	public record Attribute(String name, Type type, boolean list, Tracked tracked, String category, Offer offer,
			@Nullable Integer maxLength, @Nullable String permission, @Nullable String note,
			Map<String, String> labels) {

		public Attribute {
			labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
		}

	}

	/** What the values are; dates and times are texts (ISO 8601, UTC). */
	public enum Type {

		STRING, BOOLEAN, DATE_TIME, INT, STRING_LIST, OBJECT, OBJECT_LIST

	}

	/** Whether a delta query tells of a change. */
	public enum Tracked {

		YES, NO, UNKNOWN

	}

	/** How much an attribute is worth to be offered for a field. */
	public enum Offer {

		YES, ADVANCED, NO

	}

}
