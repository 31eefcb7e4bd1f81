package io.rollcall.model.directory;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of a directory object, whole, as Graph gave them. An explicit null (the
 * attribute was cleared) is kept and is different from an attribute that is absent (never
 * set, or not selected). Values are what JSON can say: text, number, boolean, list, map.
 */
public record Attributes(@JsonValue Map<String, @Nullable Object> values) {

	public static final Attributes NONE = new Attributes(Map.of());

	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	public Attributes {
		values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
	}

	/** The attribute as text, or null when it is absent, cleared or not text. */
	public @Nullable String text(String name) {
		return (this.values.get(name) instanceof String text) ? text : null;
	}

	/** The attribute as a flag, or null when it is absent, cleared or not a flag. */
	public @Nullable Boolean flag(String name) {
		return (this.values.get(name) instanceof Boolean flag) ? flag : null;
	}

}
