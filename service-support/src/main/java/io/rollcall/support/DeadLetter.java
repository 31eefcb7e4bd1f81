package io.rollcall.support;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A record that could not be processed, as it was, with the reason.
 *
 * @param headers as they were, UTF-8
 */
public record DeadLetter(String topic, int partition, long offset, String group, @Nullable String key,
		Map<String, String> headers, byte @Nullable [] value, String reason, Instant at) {

	/** {@code topic:partition:offset:group}. */
	public String id() {
		return this.topic + ":" + this.partition + ":" + this.offset + ":" + this.group;
	}

}
