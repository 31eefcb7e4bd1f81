package io.rollcall.connector.graph;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ObjectId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Single values of an answer. Each call ends on the last token of its value. */
final class JsonValues {

	private JsonValues() {
	}

	static void expect(@Nullable JsonToken token, JsonToken expected) {
		if (token != expected) {
			throw new IllegalArgumentException("expected %s, found %s".formatted(expected, token));
		}
	}

	/**
	 * A text; null for anything else, as the parser would make the text "null" of null.
	 */
	static @Nullable String text(JsonParser parser, @Nullable JsonToken token) {
		if (token == JsonToken.VALUE_STRING) {
			return parser.getString();
		}
		parser.skipChildren();
		return null;
	}

	/** An id; null when it is missing or cannot be one. */
	static @Nullable ObjectId id(JsonParser parser, @Nullable JsonToken token) {
		String text = text(parser, token);
		try {
			return (text != null) ? new ObjectId(text) : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	static @Nullable Object any(JsonParser parser, JsonToken token) {
		return switch (token) {
			case VALUE_STRING -> parser.getString();
			case VALUE_TRUE -> Boolean.TRUE;
			case VALUE_FALSE -> Boolean.FALSE;
			case VALUE_NULL -> null;
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
			case START_ARRAY -> {
				List<@Nullable Object> list = new ArrayList<>();
				for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
					list.add(any(parser, next));
				}
				yield list;
			}
			case START_OBJECT -> {
				Map<String, @Nullable Object> map = new LinkedHashMap<>();
				while (parser.nextToken() != JsonToken.END_OBJECT) {
					map.put(parser.currentName(), any(parser, parser.nextToken()));
				}
				yield map;
			}
			case END_ARRAY, END_OBJECT, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
				throw new IllegalArgumentException("unexpected " + token);
		};
	}

}
