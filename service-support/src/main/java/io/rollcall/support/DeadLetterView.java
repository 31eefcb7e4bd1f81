package io.rollcall.support;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A record that could not be processed, as people look at it.
 *
 * @param value as text, whatever of it is text
 */
public record DeadLetterView(String id, String topic, int partition, long offset, String group, @Nullable String key,
		Map<String, String> headers, @Nullable String value, String reason, Instant at) {

	public DeadLetterView {
		headers = Map.copyOf(headers);
	}

}
