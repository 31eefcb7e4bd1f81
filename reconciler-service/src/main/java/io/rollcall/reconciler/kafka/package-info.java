/**
 * Kafka in and out: the batch function on the observations topic that drives
 * {@code flow}, what follows when observations were deleted before they were read, and
 * the publishers behind its outbound ports.
 */
@NullMarked
package io.rollcall.reconciler.kafka;

import org.jspecify.annotations.NullMarked;
