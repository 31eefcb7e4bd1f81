package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.support.DeadLetters;
import org.apache.kafka.clients.admin.Admin;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.stream.binding.Bindable;
import org.springframework.cloud.stream.binding.BindingService;
import org.springframework.cloud.stream.binding.InputBindingLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.support.SimpleKafkaHeaderMapper;
import org.springframework.kafka.support.converter.BatchMessageConverter;
import org.springframework.kafka.support.converter.BatchMessagingMessageConverter;

/**
 * Joins the Kafka parts; import it through {@link io.rollcall.support.ServiceSupport}.
 */
@Configuration(proxyBeanMethods = false)
@Import({ ContainerCare.class, ListenerContainers.class })
@EnableConfigurationProperties(KafkaSettings.class)
public class KafkaSupportConfiguration {

	/** As exact as a database stores it, so that a stored instant equals ours. */
	@Bean
	@Fallback
	InstantSource systemClock() {
		return Clock.tickMillis(ZoneOffset.UTC);
	}

	@Bean
	@Primary
	EventPublisher eventPublisher(KafkaSettings settings) {
		return new EventPublisher(settings);
	}

	@Bean(destroyMethod = "close")
	Admin kafkaAdminClient(KafkaSettings settings) {
		return Admin.create(settings.client());
	}

	/** Does nothing by itself: {@link TopicProvisioner} says when. */
	@Bean
	KafkaAdmin kafkaAdmin(KafkaSettings settings) {
		KafkaAdmin kafkaAdmin = new KafkaAdmin(settings.client());
		kafkaAdmin.setAutoCreate(false);
		kafkaAdmin.setModifyTopicConfigs(true);
		return kafkaAdmin;
	}

	@Bean
	TopicProvisioner kafkaHealthIndicator(Admin kafkaAdminClient, KafkaAdmin kafkaAdmin, KafkaSettings settings) {
		return new TopicProvisioner(kafkaAdminClient, kafkaAdmin, TopicTable.topics(settings.replicas()));
	}

	/**
	 * Asked last: what no redrive of the service knows is published again as it was, to
	 * the partition it was on. Markers are not where their key alone would put them.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	DeadLetters.Redrive republishing(EventPublisher publisher) {
		return (letter) -> {
			if (letter.index() != null) {
				return false;
			}
			Map<String, byte[]> headers = new HashMap<>();
			letter.headers().forEach((name, value) -> headers.put(name, value.getBytes(StandardCharsets.UTF_8)));
			publisher
				.publishAll(List.of(EventPublisher.record(letter.topic(), letter.partition(), letter.key(), headers,
						letter.value())))
				.join();
			return true;
		};
	}

	/** On the topic of runs, for the notifier to tell people. */
	@Bean
	DeadLetters.Notices deadLetterNotices(EventPublisher publisher,
			@Value("${spring.application.name}") String service) {
		return (id, event) -> publisher.publish(Topics.RUNS, Envelope.of(id, "/rollcall/" + service, event.at(), event))
			.join();
	}

	@Bean
	FailingPartitions partitionsHealthIndicator(InstantSource clock) {
		return new FailingPartitions(clock);
	}

	@Bean
	LossWatch lossWatch(ObjectProvider<OnLoss> onLoss, InstantSource clock) {
		return new LossWatch(onLoss.stream().collect(Collectors.toMap(OnLoss::topic, Function.identity())), clock);
	}

	/** A batch of the binder brings its records along, for {@link Received}. */
	@Bean
	BatchMessageConverter rawRecords() {
		BatchMessagingMessageConverter converter = new BatchMessagingMessageConverter();
		converter.setRawRecordHeader(true);
		converter.setHeaderMapper(new SimpleKafkaHeaderMapper());
		return converter;
	}

	/**
	 * Puts {@link DeferredConsumers} in the place of the lifecycle that binds before the
	 * web server starts.
	 */
	@Bean
	static BeanPostProcessor inputBindingDeferral(ObjectProvider<BindingService> bindings,
			ObjectProvider<Map<String, Bindable>> bindables, ObjectProvider<TopicProvisioner> topics,
			ObjectProvider<ListenerContainers> containers) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean.getClass() == InputBindingLifecycle.class) ? new DeferredConsumers(bindings.getObject(),
						bindables.getObject(), topics.getObject(), containers.getObject()) : bean;
			}

		};
	}

}
