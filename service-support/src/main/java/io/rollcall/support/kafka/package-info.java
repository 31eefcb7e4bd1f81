/**
 * Kafka for every service. Out: {@link io.rollcall.support.kafka.EventPublisher}. In: a
 * Spring Cloud Stream function in batch mode takes a {@code Message<List<byte[]>>},
 * {@link io.rollcall.support.kafka.ReceivedBatch} makes
 * {@link io.rollcall.support.kafka.Received} records of it, and a
 * {@link io.rollcall.support.kafka.BadRecordException} sets one of them aside.
 * {@code BatchErrorHandler} does that, and polls again what failed otherwise, for ever;
 * {@code FailingPartitions} knows since when, and {@code ContainerFailures} does the same
 * for containers made by hand. {@code RetentionWatch} notices when records were deleted
 * before they were read, and lets their partition rest until the
 * {@link io.rollcall.support.kafka.AfterLoss} of its topic has made up for them.
 * {@code TopicProvisioner} creates and checks the topics of
 * {@link io.rollcall.support.kafka.TopicTable}.
 */
@NullMarked
package io.rollcall.support.kafka;

import org.jspecify.annotations.NullMarked;
