/**
 * {@code ApplyListener} reads observations and snapshots in one container, applies what
 * was polled as one batch and commits it; {@code ProgressConsumer} stores what the
 * coordinator is told; {@code HistoryConsumer} keeps the change log;
 * {@code KafkaOutbound} publishes for all.
 */
@NullMarked
package io.rollcall.reconciler.kafka;

import org.jspecify.annotations.NullMarked;
