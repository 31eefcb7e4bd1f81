package io.rollcall.support.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach Kafka.
 *
 * @param brokers host:port, comma separated
 * @param replicas of the topics that are created; what the cluster decides if not set
 * @param properties anything else a Kafka client takes, such as {@code security.protocol}
 * @param publishTimeout how long one record may take until it is acknowledged, retries
 * included; far shorter than the 45 s after which a silent consumer's partitions go to
 * another
 */
@ConfigurationProperties("rollcall.kafka")
public record KafkaSettings(@DefaultValue("localhost:9092") String brokers, @DefaultValue("-1") short replicas,
		@DefaultValue Map<String, String> properties, @DefaultValue("10s") Duration publishTimeout) {

	private static final int BATCH_BYTES = 256 * 1024;

	private static final int LONGEST_SEND_MILLIS = 5_000;

	private static final int SESSION_MILLIS = 45_000;

	private static final int METADATA_MILLIS = 30_000;

	/** Of any client. */
	public Map<String, Object> client() {
		Map<String, Object> config = new HashMap<>(this.properties);
		config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, this.brokers);
		return config;
	}

	/** Of producers: nothing is lost, doubled or reordered by them. */
	public Map<String, Object> producer() {
		Map<String, Object> config = client();
		config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		config.put(ProducerConfig.ACKS_CONFIG, "all");
		config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
		// A leader that does not know the producer yet takes whatever batch comes first,
		// and refuses the ones before it until they expire: one at a time keeps the
		// order.
		config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
		config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
		config.put(ProducerConfig.LINGER_MS_CONFIG, 2);
		config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
		config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_SEND_MILLIS);
		config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) this.publishTimeout.toMillis() / 2);
		config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) this.publishTimeout.toMillis());
		return config;
	}

	/**
	 * Of consumers that are made by hand; {@code service-support.yml} says the same to
	 * the binder. What an offset that is not there any more means is for {@link OnLoss}
	 * to say, never for the client.
	 */
	public Map<String, Object> consumer() {
		Map<String, Object> config = client();
		config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
		config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
		config.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
		config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
		config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
		config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		config.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, METADATA_MILLIS);
		return config;
	}

}
