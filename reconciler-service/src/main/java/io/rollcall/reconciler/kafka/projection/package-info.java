/**
 * The projection on Kafka: a consumer group of its own on the change log.
 * {@code ProjectionContainer} runs {@code StateProjection} in Kafka transactions that
 * hold both the states and the offsets, so whoever lost its partitions cannot write an
 * old state last; {@code ProjectedAgain} makes up for changes that were deleted before
 * they were projected. Read the compacted topics with
 * {@code isolation.level=read_committed}.
 */
@NullMarked
package io.rollcall.reconciler.kafka.projection;

import org.jspecify.annotations.NullMarked;
