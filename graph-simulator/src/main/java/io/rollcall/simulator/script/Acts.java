package io.rollcall.simulator.script;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

import io.rollcall.simulator.tenant.Act;
import io.rollcall.simulator.tenant.ActRefused;
import io.rollcall.simulator.tenant.Attribute;
import io.rollcall.simulator.tenant.Directory;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.NewObjects;
import io.rollcall.simulator.tenant.ObjectRef;
import io.rollcall.simulator.tenant.Tenant;
import org.jspecify.annotations.Nullable;

/** What the words of a line mean. */
final class Acts {

	private static final Kind[] ANYTHING = { Kind.USER, Kind.GROUP, Kind.UNIT };

	private final Tenant tenant;

	private final RandomGenerator random;

	private volatile @Nullable ObjectRef last;

	Acts(Tenant tenant, RandomGenerator random) {
		this.tenant = tenant;
		this.random = random;
	}

	/** Lets it happen, once. */
	Performed perform(List<String> words) {
		Act act = understand(words);
		ObjectRef object = this.tenant.act(act);
		if (act instanceof Act.Create) {
			this.last = object;
		}
		return this.tenant.read((directory) -> Performed.of(String.join(" ", words), act, object, directory.ids()));
	}

	private Act understand(List<String> words) {
		return this.tenant.read((directory) -> {
			References who = new References(directory, this.random, this.last);
			return switch (words.getFirst()) {
				case "hire" -> hire(directory, words);
				case "group" -> create(Kind.GROUP, directory, words);
				case "unit" -> create(Kind.UNIT, directory, words);
				case "rename" -> rename(who, words);
				case "set" -> set(directory, who.find(word(words, 1), ANYTHING), word(words, 2), word(words, 3));
				case "clear" -> set(directory, who.find(word(words, 1), ANYTHING), word(words, 2), null);
				case "move" -> set(directory, who.find(word(words, 1), Kind.USER), "department", word(words, 2));
				case "disable" -> set(directory, who.find(word(words, 1), Kind.USER), "accountEnabled", "false");
				case "enable" -> set(directory, who.find(word(words, 1), Kind.USER), "accountEnabled", "true");
				case "delete" -> new Act.Delete(who.find(word(words, 1), ANYTHING));
				case "restore" -> new Act.Restore(who.find(word(words, 1), ANYTHING));
				case "purge" -> new Act.Purge(who.find(word(words, 1), ANYTHING));
				case "join" -> {
					ObjectRef container = who.find(word(words, 2), Kind.GROUP, Kind.UNIT);
					yield new Act.Join(who.find(word(words, 1), Kind.USER, Kind.GROUP), container);
				}
				case "leave" -> {
					ObjectRef container = who.find(word(words, 2), Kind.GROUP, Kind.UNIT);
					yield new Act.Leave(who.member(word(words, 1), container), container);
				}
				case "nest" -> new Act.Join(who.find(word(words, 1), Kind.GROUP), who.find(word(words, 2), Kind.GROUP));
				case "unnest" ->
					new Act.Leave(who.find(word(words, 1), Kind.GROUP), who.find(word(words, 2), Kind.GROUP));
				case "manager" -> manager(who, words);
				case "life" -> understand(Life.choose(directory, who, this.random));
				default -> throw new ActRefused(
						"'%s' is no act; see the README for what can be written".formatted(words.getFirst()));
			};
		});
	}

	private static Act manager(References who, List<String> words) {
		int manager = word(words, 2).equals("none") ? Directory.NO_MANAGER
				: who.find(word(words, 2), Kind.USER).index();
		return new Act.Lead(who.find(word(words, 1), Kind.USER).index(), manager);
	}

	private Act hire(Directory directory, List<String> words) {
		List<String> names = words.stream().skip(1).filter((word) -> !word.contains("=")).toList();
		if (names.isEmpty()) {
			throw new ActRefused("who is hired? write for example: hire Ada Lovelace department=Research");
		}
		Map<Attribute, Object> attributes = NewObjects.person(this.tenant.spec(), directory.count(Kind.USER), names);
		assignments(words).forEach((name, value) -> put(directory, attributes, null, Kind.USER, name, value));
		return new Act.Create(Kind.USER, attributes);
	}

	private Act create(Kind kind, Directory directory, List<String> words) {
		Map<String, String> assignments = assignments(words);
		boolean unified = !"security".equals(assignments.remove("type"));
		Map<Attribute, Object> attributes = NewObjects.container(this.tenant.spec(), kind, word(words, 1),
				directory.count(kind), unified);
		assignments.forEach((name, value) -> put(directory, attributes, null, kind, name, value));
		return new Act.Create(kind, attributes);
	}

	/** A person gets the parts of the name too. */
	private static Act rename(References who, List<String> words) {
		ObjectRef object = who.find(word(words, 1), ANYTHING);
		Map<Attribute, Object> attributes = new EnumMap<>(Attribute.class);
		attributes.put(Attribute.DISPLAY_NAME, word(words, 2));
		int space = word(words, 2).lastIndexOf(' ');
		if (object.kind() == Kind.USER && space > 0) {
			attributes.put(Attribute.GIVEN_NAME, word(words, 2).substring(0, space));
			attributes.put(Attribute.SURNAME, word(words, 2).substring(space + 1));
		}
		return new Act.Change(object, attributes);
	}

	private static Act set(Directory directory, ObjectRef object, String name, @Nullable String value) {
		Map<Attribute, Object> attributes = new EnumMap<>(Attribute.class);
		put(directory, attributes, object, object.kind(), name, value);
		return new Act.Change(object, attributes);
	}

	private static void put(Directory directory, Map<Attribute, Object> attributes, @Nullable ObjectRef object,
			Kind kind, String name, @Nullable String value) {
		if (name.toLowerCase(Locale.ROOT).startsWith("extensionattribute")) {
			attributes.put(Attribute.EXTENSION_ATTRIBUTES, extension(directory, object, name, value));
			return;
		}
		Attribute attribute = Attribute.named(kind, name);
		if (attribute == null) {
			throw new ActRefused("a %s has no attribute '%s'".formatted(kind.typeName(), name));
		}
		attributes.put(attribute, (value == null) ? Directory.CLEARED : switch (attribute.type()) {
			case TEXT -> value;
			case FLAG -> Boolean.valueOf(value);
			case LIST -> List.of(value.split("\\s*,\\s*"));
			case MAP -> throw new ActRefused("set extensionAttribute1 to extensionAttribute15 one by one");
		});
	}

	private static Object extension(Directory directory, @Nullable ObjectRef object, String name,
			@Nullable String value) {
		Map<String, Object> extensions = new HashMap<>();
		if (object != null && directory.value(object.kind(), object.index(),
				Attribute.EXTENSION_ATTRIBUTES) instanceof Map<?, ?> before) {
			before.forEach((key, text) -> extensions.put(key.toString(), text));
		}
		if (value == null) {
			extensions.remove(name);
		}
		else {
			extensions.put(name, value);
		}
		return Map.copyOf(extensions);
	}

	private static Map<String, String> assignments(List<String> words) {
		Map<String, String> assignments = new HashMap<>();
		for (String word : words.subList(1, words.size())) {
			int equals = word.indexOf('=');
			if (equals > 0) {
				assignments.put(word.substring(0, equals), word.substring(equals + 1));
			}
		}
		return assignments;
	}

	private static String word(List<String> words, int at) {
		if (at >= words.size()) {
			throw new ActRefused("'%s' needs %d more word(s)".formatted(words.getFirst(), at - words.size() + 1));
		}
		return words.get(at);
	}

}
