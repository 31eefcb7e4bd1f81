package io.rollcall.model.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import tools.jackson.databind.JsonNode;

/**
 * What a schema changed since it was released, other than the one thing that is allowed:
 * new properties that need not be there. Examples promise nothing.
 */
final class SchemaChanges {

	private SchemaChanges() {
	}

	static List<String> forbidden(JsonNode released, JsonNode current) {
		List<String> changes = new ArrayList<>();
		compare("", released, current, changes);
		return changes;
	}

	private static void compare(String path, JsonNode released, JsonNode current, List<String> changes) {
		Set<String> keywords = new TreeSet<>(released.propertyNames());
		keywords.addAll(current.propertyNames());
		for (String keyword : keywords) {
			JsonNode before = released.get(keyword);
			JsonNode after = current.get(keyword);
			switch (keyword) {
				case "title", "examples" -> {
				}
				case "properties" -> before.propertyNames()
					.forEach((name) -> compareIfThere(path + "/" + name, before.get(name), after.get(name), changes));
				case "items", "additionalProperties" -> compareIfThere(path + "/" + keyword, before, after, changes);
				case "oneOf" -> compareEach(path, before, after, changes);
				default -> {
					if (!Objects.equals(before, after)) {
						changes.add("%s: %s was %s and is %s".formatted(path.isEmpty() ? "/" : path, keyword, before,
								after));
					}
				}
			}
		}
	}

	private static void compareEach(String path, JsonNode released, JsonNode current, List<String> changes) {
		int count = (released != null) ? released.size() : 0;
		if (current == null || current.size() != count) {
			changes.add("%s: what it can be was %s and is %s".formatted(path, released, current));
			return;
		}
		for (int i = 0; i < count; i++) {
			compare(path + "/" + i, released.get(i), current.get(i), changes);
		}
	}

	private static void compareIfThere(String path, JsonNode released, JsonNode current, List<String> changes) {
		if (released == null || current == null) {
			changes.add("%s was %s".formatted(path, (current == null) ? "taken away" : "narrowed"));
		}
		else {
			compare(path, released, current, changes);
		}
	}

}
