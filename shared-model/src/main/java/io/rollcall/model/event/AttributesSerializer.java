package io.rollcall.model.event;

import java.util.List;
import java.util.Map;

import io.rollcall.model.directory.Attributes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/**
 * Attributes, explicit nulls included. Written by hand because they are most of the bytes
 * on the busiest topic, and Jackson would look up a serializer for each value.
 */
final class AttributesSerializer extends ValueSerializer<Attributes> {

	@Override
	public void serialize(Attributes attributes, JsonGenerator json, SerializationContext context) {
		write(attributes.values(), json);
	}

	private static void write(Map<?, ?> values, JsonGenerator json) {
		json.writeStartObject();
		for (Map.Entry<?, ?> entry : values.entrySet()) {
			json.writeName(String.valueOf(entry.getKey()));
			write(entry.getValue(), json);
		}
		json.writeEndObject();
	}

	private static void write(@Nullable Object value, JsonGenerator json) {
		switch (value) {
			case null -> json.writeNull();
			case String text -> json.writeString(text);
			case Boolean flag -> json.writeBoolean(flag);
			case Integer number -> json.writeNumber(number);
			case Long number -> json.writeNumber(number);
			case Map<?, ?> values -> write(values, json);
			case List<?> elements -> {
				json.writeStartArray();
				elements.forEach((element) -> write(element, json));
				json.writeEndArray();
			}
			default -> json.writePOJO(value);
		}
	}

}
