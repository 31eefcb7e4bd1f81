package io.rollcall.simulator.control;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.reactive.function.server.ServerRequest;

/** The JSON of a request, read with messages that say what was expected. */
record Body(JsonNode json) {

	private static final JsonMapper MAPPER = new JsonMapper();

	static Mono<Body> of(ServerRequest request) {
		return text(request).map((text) -> {
			try {
				return new Body(MAPPER.readTree(text.isBlank() ? "{}" : text));
			}
			catch (JacksonException ex) {
				throw new IllegalArgumentException("the body is not JSON: " + ex.getOriginalMessage());
			}
		});
	}

	static Mono<String> text(ServerRequest request) {
		return request.bodyToMono(byte[].class)
			.map((bytes) -> new String(bytes, StandardCharsets.UTF_8))
			.defaultIfEmpty("");
	}

	@Nullable String text(String name) {
		return this.json.hasNonNull(name) ? this.json.path(name).asString() : null;
	}

	String text(String name, String otherwise) {
		String text = text(name);
		return (text != null) ? text : otherwise;
	}

	@Nullable Integer number(String name) {
		return this.json.hasNonNull(name) ? Integer.valueOf((int) number(name, 0)) : null;
	}

	long number(String name, long otherwise) {
		if (!this.json.hasNonNull(name)) {
			return otherwise;
		}
		if (!this.json.path(name).isNumber()) {
			throw new IllegalArgumentException("'%s' must be a number".formatted(name));
		}
		return this.json.path(name).asLong();
	}

	double decimal(String name, double otherwise) {
		if (!this.json.hasNonNull(name)) {
			return otherwise;
		}
		if (!this.json.path(name).isNumber()) {
			throw new IllegalArgumentException("'%s' must be a number".formatted(name));
		}
		return this.json.path(name).asDouble();
	}

	boolean flag(String name, boolean otherwise) {
		return this.json.path(name).asBoolean(otherwise);
	}

	Set<String> texts(String name, Set<String> otherwise) {
		if (!this.json.hasNonNull(name)) {
			return otherwise;
		}
		Set<String> texts = new LinkedHashSet<>();
		this.json.path(name).forEach((text) -> texts.add(text.asString()));
		return texts;
	}

	<E extends Enum<E>> E choice(String name, Class<E> type, @Nullable E otherwise) {
		String text = text(name);
		return (text == null && otherwise != null) ? otherwise : constant(name, String.valueOf(text), type);
	}

	<E extends Enum<E>> Set<E> choices(String name, Class<E> type) {
		Set<E> choices = EnumSet.noneOf(type);
		this.json.path(name).forEach((text) -> choices.add(constant(name, text.asString(""), type)));
		return choices;
	}

	private static <E extends Enum<E>> E constant(String name, String text, Class<E> type) {
		for (E constant : type.getEnumConstants()) {
			if (constant.name().equals(text.toUpperCase(Locale.ROOT).replace('-', '_'))) {
				return constant;
			}
		}
		throw new IllegalArgumentException(
				"'%s' must be one of %s".formatted(name, java.util.List.of(type.getEnumConstants())));
	}

}
