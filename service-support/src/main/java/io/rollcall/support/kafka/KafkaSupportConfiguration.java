package io.rollcall.support.kafka;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import io.rollcall.support.DeadLetterDesk;
import io.rollcall.support.DeadLetters;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.stream.binding.Bindable;
import org.springframework.cloud.stream.binding.BindingService;
import org.springframework.cloud.stream.binding.InputBindingLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Joins the Kafka parts; import it through {@link io.rollcall.support.ServiceSupport}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
public class KafkaSupportConfiguration {

	private static final int BATCH_BYTES = 256 * 1024;

	private static final int LONGEST_SEND_MILLIS = 5_000;

	@Bean
	ProducerFactory<byte[], byte[]> eventProducerFactory(KafkaSettings settings) {
		Map<String, Object> config = new HashMap<>(settings.properties());
		config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.brokers());
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
		config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) settings.publishTimeout().toMillis() / 2);
		config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) settings.publishTimeout().toMillis());
		return new DefaultKafkaProducerFactory<>(config);
	}

	@Bean
	EventPublisher eventPublisher(ProducerFactory<byte[], byte[]> eventProducerFactory) {
		return new EventPublisher(eventProducerFactory);
	}

	@Bean
	KafkaTemplate<byte[], byte[]> deadLetterTemplate(ProducerFactory<byte[], byte[]> eventProducerFactory) {
		return new KafkaTemplate<>(eventProducerFactory);
	}

	@Bean(destroyMethod = "close")
	Admin kafkaAdminClient(KafkaSettings settings) {
		Map<String, Object> config = new HashMap<>(settings.properties());
		config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.brokers());
		return Admin.create(config);
	}

	@Bean
	TopicProvisioner topicProvisioner(Admin kafkaAdminClient, KafkaSettings settings) {
		return new TopicProvisioner(kafkaAdminClient, TopicTable.withDeadLetters(settings.groups()),
				settings.replicas());
	}

	@Bean
	KafkaReadiness kafkaHealthIndicator(Admin kafkaAdminClient, TopicProvisioner topicProvisioner) {
		return new KafkaReadiness(kafkaAdminClient, topicProvisioner);
	}

	@Bean
	DeadLetterDesk deadLetterDesk(DeadLetters deadLetters, ProducerFactory<byte[], byte[]> eventProducerFactory) {
		return new KafkaDeadLetterDesk(deadLetters, eventProducerFactory);
	}

	@Bean
	FailingPartitions failingPartitions(ObjectProvider<InstantSource> clock) {
		return new FailingPartitions(clock.getIfUnique(InstantSource::system));
	}

	@Bean
	FailingPartitionsHealth partitionsHealthIndicator(FailingPartitions failingPartitions) {
		return new FailingPartitionsHealth(failingPartitions);
	}

	@Bean
	ContainerFailures containerFailures(FailingPartitions failingPartitions) {
		return new ContainerFailures(failingPartitions);
	}

	@Bean
	BatchErrorHandling batchErrorHandling(DeadLetters deadLetters, KafkaTemplate<byte[], byte[]> deadLetterTemplate,
			FailingPartitions failingPartitions, KafkaSettings settings, ObjectProvider<AfterLoss> afterLosses) {
		return new BatchErrorHandling(deadLetters, deadLetterTemplate, failingPartitions,
				(topic) -> afterLosses.stream()
					.filter((afterLoss) -> afterLoss.topic().equals(topic))
					.findFirst()
					.orElseGet(() -> AfterLoss.saying(topic, "They are passed over.")),
				InstantSource.system());
	}

	/**
	 * Puts {@link DeferredInputBindings} in the place of the lifecycle that binds before
	 * the web server starts.
	 */
	@Bean
	static BeanPostProcessor inputBindingDeferral(ObjectProvider<BindingService> bindings,
			ObjectProvider<Map<String, Bindable>> bindables, ObjectProvider<TopicProvisioner> topics) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean.getClass() == InputBindingLifecycle.class)
						? new DeferredInputBindings(bindings.getObject(), bindables.getObject(), topics.getObject())
						: bean;
			}

		};
	}

}
