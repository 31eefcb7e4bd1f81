/**
 * The topics that the connector reads and writes. {@code KafkaConfiguration} hands the
 * records of a poll to the flow and waits for it; {@code HintPartitions} tells the flow
 * which partitions it was assigned; the rest publishes.
 */
@NullMarked
package io.rollcall.connector.kafka;

import org.jspecify.annotations.NullMarked;
