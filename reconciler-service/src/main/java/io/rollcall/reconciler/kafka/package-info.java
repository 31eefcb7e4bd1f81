/**
 * Kafka of apply: {@code ApplyListener} reads observations and snapshots in one
 * container, cuts what was polled into batches and commits each; {@code KafkaOutbound}
 * publishes what comes of them.
 */
@NullMarked
package io.rollcall.reconciler.kafka;

import org.jspecify.annotations.NullMarked;
