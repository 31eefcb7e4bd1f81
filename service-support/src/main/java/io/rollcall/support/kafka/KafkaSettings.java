package io.rollcall.support.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach Kafka.
 *
 * @param brokers host:port, comma separated
 * @param replicas of the topics that are created; what the cluster decides if not set
 * @param properties anything else a Kafka client takes, such as {@code security.protocol}
 * @param publishTimeout how long one record may take until it is acknowledged, retries
 * included
 * @param groups the consumer groups of this service, as {@code topic=group}: each gets a
 * dead-letter topic
 */
@ConfigurationProperties("rollcall.kafka")
public record KafkaSettings(@DefaultValue("localhost:9092") String brokers, @DefaultValue("-1") short replicas,
		@DefaultValue Map<String, String> properties, @DefaultValue("30s") Duration publishTimeout,
		@DefaultValue List<String> groups) {
}
