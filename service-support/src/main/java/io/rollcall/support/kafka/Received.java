package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.EventFormat;
import io.rollcall.support.DeadLetter;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * A record as it was received: where it stood, its headers, and on demand what it is.
 *
 * @param value null is a tombstone
 */
public record Received(String topic, int partition, long offset, @Nullable String key, Headers headers,
		byte @Nullable [] value) {

	/** A header's text; null where there is none. */
	public @Nullable String header(String name) {
		Header header = this.headers.lastHeader(name);
		return (header != null && header.value() != null) ? new String(header.value(), StandardCharsets.UTF_8) : null;
	}

	/** {@code ce_type}, without a look at the value. */
	public @Nullable String type() {
		return header("ce_type");
	}

	/** {@code ce_id}, without a look at the value. */
	public @Nullable String id() {
		return header("ce_id");
	}

	/** {@code ce_run}, without a look at the value. */
	public @Nullable String run() {
		return header("ce_run");
	}

	/** What it is; parses it, each time it is asked. */
	public EventFormat.Reading reading() {
		return EventFormat.read((name) -> {
			Header header = this.headers.lastHeader(name);
			return (header != null) ? header.value() : null;
		}, this.value);
	}

	/**
	 * The letter that is kept when a group cannot process it.
	 * @param reason what is wrong, for the person who will redrive or discard it
	 */
	public DeadLetter letter(String group, String reason, Instant at) {
		return letter(group, null, this.value, reason, at);
	}

	/**
	 * The letter that is kept when a group cannot process one of its cells.
	 * @param index of the cell; null for the whole record
	 * @param content the cell alone, as JSON
	 */
	public DeadLetter letter(String group, @Nullable Integer index, byte @Nullable [] content, String reason,
			Instant at) {
		Map<String, String> texts = new LinkedHashMap<>();
		for (Header header : this.headers) {
			texts.put(header.key(), (header.value() != null) ? new String(header.value(), StandardCharsets.UTF_8) : "");
		}
		JsonNode event = json(this.value);
		return new DeadLetter(this.topic, this.partition, this.offset, group, index, this.key, texts, content, reason,
				named(event.path("organization").asString(""), OrganizationId::new),
				named(event.path("connection").asString(""), ConnectionId::new), at);
	}

	private static JsonNode json(byte @Nullable [] value) {
		try {
			return EventFormat.json().readTree((value != null) ? value : new byte[0]);
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	/** An id that the value names, as far as it can be read. */
	private static <T> @Nullable T named(String id, Function<String, T> type) {
		try {
			return id.isEmpty() ? null : type.apply(id);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
