package io.rollcall.support.kafka;

import io.rollcall.model.event.EventFormat;
import org.jspecify.annotations.Nullable;

/** A record as it was received: where it stood, and what it is. */
public record Received(String topic, int partition, long offset, @Nullable String key, EventFormat.Reading reading) {
}
