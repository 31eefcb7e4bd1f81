/**
 * The topics that the connector reads and writes. {@code KafkaConfiguration} hands the
 * records of a poll, and which partitions are ours, to the flow and waits for it;
 * {@code KafkaPublications} publishes.
 */
@NullMarked
package io.rollcall.connector.kafka;

import org.jspecify.annotations.NullMarked;
