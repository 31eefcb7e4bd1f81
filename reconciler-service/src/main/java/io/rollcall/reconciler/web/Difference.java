package io.rollcall.reconciler.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A place where two sets of rules say different things.
 *
 * @param path members with dots between them, as in {@code mapping.fields.phone.from}; in
 * square brackets the items of lists by their ids, or texts that only one list has
 * @param live null where the rules that hold say nothing there
 * @param draft null where the draft says nothing there
 */
record Difference(String path, @Nullable JsonNode live, @Nullable JsonNode draft) {

	/** All of them, in the order of the rules. */
	static List<Difference> between(JsonNode live, JsonNode draft) {
		List<Difference> differences = new ArrayList<>();
		compare("", live, draft, differences);
		return differences;
	}

	private static void compare(String path, @Nullable JsonNode live, @Nullable JsonNode draft,
			List<Difference> differences) {
		if (live == null || draft == null) {
			if (live != draft) {
				differences.add(new Difference(path, live, draft));
			}
		}
		else if (live.isObject() && draft.isObject()) {
			Set<String> names = new LinkedHashSet<>(live.propertyNames());
			names.addAll(draft.propertyNames());
			names.forEach((name) -> compare(path.isEmpty() ? name : path + "." + name, said(live.get(name)),
					said(draft.get(name)), differences));
		}
		else if (isListOfNamed(live) && isListOfNamed(draft)) {
			Map<String, JsonNode> before = byId(live);
			Map<String, JsonNode> after = byId(draft);
			Set<String> ids = new LinkedHashSet<>(before.keySet());
			ids.addAll(after.keySet());
			ids.forEach((id) -> compare(path + "[" + id + "]", before.get(id), after.get(id), differences));
		}
		else if (isListOfTexts(live) && isListOfTexts(draft) && !live.equals(draft)) {
			int before = differences.size();
			lack(live, draft)
				.forEach((text) -> differences.add(new Difference(path + "[" + text.asString() + "]", text, null)));
			lack(draft, live)
				.forEach((text) -> differences.add(new Difference(path + "[" + text.asString() + "]", null, text)));
			if (differences.size() == before) {
				// The same in another order.
				differences.add(new Difference(path, live, draft));
			}
		}
		else if (!live.equals(draft)) {
			differences.add(new Difference(path, live, draft));
		}
	}

	private static @Nullable JsonNode said(@Nullable JsonNode value) {
		return (value == null || value.isNull()) ? null : value;
	}

	/** Whether its items have ids, by which they are compared. */
	private static boolean isListOfNamed(JsonNode value) {
		return value.isArray() && !value.isEmpty()
				&& value.valueStream().allMatch((item) -> item.path("id").isString());
	}

	private static Map<String, JsonNode> byId(JsonNode list) {
		Map<String, JsonNode> items = new LinkedHashMap<>();
		list.forEach((item) -> items.put(item.get("id").asString(), item));
		return items;
	}

	private static boolean isListOfTexts(JsonNode value) {
		return value.isArray() && value.valueStream().allMatch(JsonNode::isString);
	}

	/** What the other list lacks. */
	private static List<JsonNode> lack(JsonNode of, JsonNode other) {
		Set<JsonNode> there = new LinkedHashSet<>();
		other.forEach(there::add);
		return of.valueStream().filter((text) -> !there.contains(text)).distinct().toList();
	}

}
