/**
 * Kafka of apply: {@code ApplyListener} reads observations and snapshots in one
 * container, applies what was polled as one batch and commits it; {@code KafkaOutbound}
 * publishes what comes of them.
 */
@NullMarked
package io.rollcall.reconciler.kafka;

import org.jspecify.annotations.NullMarked;
