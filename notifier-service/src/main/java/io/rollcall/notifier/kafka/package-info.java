/**
 * Kafka: {@code EventFunctions} hands batches of the change log and of run events to the
 * flow and waits until they have been told, {@code KafkaAlertEvents} publishes alerts,
 * {@code AlertTail} reads them without a group, on every instance, to wake those who
 * follow an inbox there.
 */
@NullMarked
package io.rollcall.notifier.kafka;

import org.jspecify.annotations.NullMarked;
