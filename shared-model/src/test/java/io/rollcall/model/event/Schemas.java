package io.rollcall.model.event;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.SourceId;
import io.rollcall.model.TeamId;
import io.rollcall.model.directory.Attributes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON Schema of an event, from its record: every component is a property, required
 * unless it is nullable. Unknown properties are allowed, as readers ignore them, and so
 * are other values of an enum that has an {@code UNKNOWN} to read them as.
 */
final class Schemas {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final Set<Class<?>> IDS = Set.of(AccountId.class, ConnectionId.class, ObjectId.class,
			OrganizationId.class, RunId.class, SourceId.class, TeamId.class);

	private Schemas() {
	}

	static ObjectNode of(Class<?> event) {
		ObjectNode schema = JSON.createObjectNode();
		schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
		schema.put("title", event.getSimpleName());
		return schema.setAll(ofRecord(event));
	}

	private static ObjectNode ofRecord(Class<?> type) {
		ObjectNode schema = JSON.createObjectNode().put("type", "object");
		ObjectNode properties = schema.putObject("properties");
		for (RecordComponent component : type.getRecordComponents()) {
			boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
			ObjectNode property = ofType(component.getAnnotatedType());
			properties.set(component.getName(), nullable ? orNull(property) : property);
			if (!nullable) {
				schema.withArray("required").add(component.getName());
			}
		}
		return schema;
	}

	private static ObjectNode ofType(AnnotatedType annotated) {
		if (annotated instanceof AnnotatedParameterizedType container) {
			AnnotatedType[] arguments = container.getAnnotatedActualTypeArguments();
			ObjectNode element = ofType(arguments[arguments.length - 1]);
			return (arguments.length == 2) ? ofMap((Class<?>) arguments[0].getType(), element)
					: described("array").set("items", element);
		}
		return ofClass((Class<?>) annotated.getType());
	}

	private static ObjectNode ofMap(Class<?> key, ObjectNode element) {
		ObjectNode schema = described("object");
		if (key.isEnum()) {
			schema.set("propertyNames", ofClass(key));
		}
		return schema.set("additionalProperties", element);
	}

	/**
	 * One of the types that travel, told apart by the constant in one property; what is
	 * not among the sub-types never travels.
	 */
	private static ObjectNode ofSealed(Class<?> type) {
		String property = type.getAnnotation(JsonTypeInfo.class).property();
		ObjectNode schema = JSON.createObjectNode();
		for (JsonSubTypes.Type one : type.getAnnotation(JsonSubTypes.class).value()) {
			ObjectNode record = ofRecord(one.value());
			ObjectNode properties = JSON.createObjectNode();
			properties.putObject(property).put("const", one.name());
			properties.setAll((ObjectNode) record.get("properties"));
			record.set("properties", properties);
			record.withArray("required").insert(0, property);
			schema.withArray("oneOf").add(record);
		}
		return schema;
	}

	private static ObjectNode ofClass(Class<?> type) {
		if (IDS.contains(type)) {
			return described("string").put("minLength", 1)
				.put("maxLength", 128)
				.put("pattern", "^[^:\\u0000-\\u0020]+$");
		}
		if (type == Sequence.class) {
			return described("integer").put("minimum", 0).put("maximum", (1L << 53) - 1);
		}
		if (type == Attributes.class) {
			return described("object");
		}
		if (type == Instant.class) {
			return described("string").put("format", "date-time");
		}
		if (type == String.class) {
			return described("string");
		}
		if (type == boolean.class) {
			return described("boolean");
		}
		if (Set.of(int.class, Integer.class, long.class, Long.class).contains(type)) {
			return described("integer");
		}
		if (type.isEnum()) {
			List<String> values = Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
			String keyword = values.contains("UNKNOWN") ? "examples" : "enum";
			ObjectNode schema = described("string");
			values.stream()
				.filter((value) -> !value.equals("UNKNOWN"))
				.forEach((value) -> schema.withArray(keyword).add(value));
			return schema;
		}
		if (type.isSealed()) {
			return ofSealed(type);
		}
		if (type.isRecord()) {
			return ofRecord(type);
		}
		throw new IllegalArgumentException(type + " has no schema yet: say here what its JSON looks like");
	}

	private static ObjectNode described(String type) {
		return JSON.createObjectNode().put("type", type);
	}

	private static ObjectNode orNull(ObjectNode schema) {
		String type = schema.get("type").asString();
		schema.putArray("type").add(type).add("null");
		if (schema.has("enum")) {
			schema.withArray("enum").addNull();
		}
		return schema;
	}

}
