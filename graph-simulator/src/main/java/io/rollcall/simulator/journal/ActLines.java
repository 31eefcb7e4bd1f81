package io.rollcall.simulator.journal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.simulator.tenant.Act;
import io.rollcall.simulator.tenant.Attribute;
import io.rollcall.simulator.tenant.Directory;
import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.ObjectRef;
import io.rollcall.simulator.tenant.TenantSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Acts as lines of JSON and back. */
final class ActLines {

	private static final JsonMapper JSON = JsonMapper.shared();

	private ActLines() {
	}

	/** An act and when it happened, in milliseconds since 1970. */
	record Happened(Act act, long millis) {
	}

	static String spec(TenantSpec spec) {
		return JSON.writeValueAsString(spec);
	}

	static String write(Act act, long millis) {
		ObjectNode line = JSON.createObjectNode().put("at", millis);
		switch (act) {
			case Act.Create(Kind kind, Map<Attribute, Object> attributes) -> {
				line.put("act", "create").put("kind", kind.name());
				line.set("attributes", write(attributes));
			}
			case Act.Change(ObjectRef object, Map<Attribute, Object> attributes) -> {
				put(line.put("act", "change"), object);
				line.set("attributes", write(attributes));
			}
			case Act.Delete(ObjectRef object) -> put(line.put("act", "delete"), object);
			case Act.Restore(ObjectRef object) -> put(line.put("act", "restore"), object);
			case Act.Purge(ObjectRef object) -> put(line.put("act", "purge"), object);
			case Act.Join(ObjectRef member, ObjectRef container) ->
				put(line.put("act", "join").put("member", member.asMember()), container);
			case Act.Leave(ObjectRef member, ObjectRef container) ->
				put(line.put("act", "leave").put("member", member.asMember()), container);
			case Act.Lead(int user, int manager) -> line.put("act", "lead").put("user", user).put("manager", manager);
		}
		return JSON.writeValueAsString(line);
	}

	static Happened read(String text) {
		JsonNode line = JSON.readTree(text);
		Act act = switch (line.required("act").asString()) {
			case "create" -> new Act.Create(kind(line), attributes(line));
			case "change" -> new Act.Change(object(line), attributes(line));
			case "delete" -> new Act.Delete(object(line));
			case "restore" -> new Act.Restore(object(line));
			case "purge" -> new Act.Purge(object(line));
			case "join" -> new Act.Join(ObjectRef.ofMember(line.required("member").asInt()), object(line));
			case "leave" -> new Act.Leave(ObjectRef.ofMember(line.required("member").asInt()), object(line));
			case "lead" -> new Act.Lead(line.required("user").asInt(), line.required("manager").asInt());
			default -> throw new IllegalStateException("no act: " + text);
		};
		return new Happened(act, line.required("at").asLong());
	}

	private static void put(ObjectNode line, ObjectRef object) {
		line.put("kind", object.kind().name()).put("index", object.index());
	}

	private static ObjectNode write(Map<Attribute, Object> attributes) {
		ObjectNode written = JSON.createObjectNode();
		attributes.forEach((attribute, value) -> {
			if (value == Directory.CLEARED) {
				written.putNull(attribute.name());
			}
			else {
				written.set(attribute.name(), JSON.valueToTree(value));
			}
		});
		return written;
	}

	private static Kind kind(JsonNode line) {
		return Kind.valueOf(line.required("kind").asString());
	}

	private static ObjectRef object(JsonNode line) {
		return new ObjectRef(kind(line), line.required("index").asInt());
	}

	private static Map<Attribute, Object> attributes(JsonNode line) {
		Map<Attribute, Object> attributes = new EnumMap<>(Attribute.class);
		line.required("attributes")
			.forEachEntry(
					(name, value) -> attributes.put(Attribute.valueOf(name), value(Attribute.valueOf(name), value)));
		return attributes;
	}

	private static Object value(Attribute attribute, JsonNode value) {
		if (value.isNull()) {
			return Directory.CLEARED;
		}
		return switch (attribute.type()) {
			case TEXT -> value.asString();
			case FLAG -> value.asBoolean();
			case LIST -> {
				List<String> list = new ArrayList<>();
				value.forEach((item) -> list.add(item.asString()));
				yield List.copyOf(list);
			}
			case MAP -> {
				Map<String, Object> map = new HashMap<>();
				value.forEachEntry((name, item) -> map.put(name, item.asString()));
				yield Map.copyOf(map);
			}
		};
	}

}
