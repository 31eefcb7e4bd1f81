package io.rollcall.reconciler.flow.projection;

import io.rollcall.model.event.Envelope;
import io.rollcall.model.state.State;
import org.jspecify.annotations.Nullable;

/**
 * What a compacted topic must hold of one key.
 *
 * @param state null when it was erased: a tombstone
 */
public record Projected(String topic, String key, @Nullable Envelope<? extends State> state) {
}
