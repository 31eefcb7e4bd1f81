/**
 * {@code ApplyListener} reads observations and snapshots in one container, cuts what was
 * polled into batches and commits each; {@code ProgressConsumer} stores what the
 * coordinator is told; {@code KafkaOutbound} publishes for both.
 */
@NullMarked
package io.rollcall.reconciler.kafka;

import org.jspecify.annotations.NullMarked;
