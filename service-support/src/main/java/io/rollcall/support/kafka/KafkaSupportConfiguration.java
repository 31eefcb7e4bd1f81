package io.rollcall.support.kafka;

import java.time.InstantSource;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.rollcall.support.DeadLetterNotices;
import io.rollcall.support.DeadLetterRedrive;
import io.rollcall.support.DeadLetters;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.stream.binder.kafka.config.ClientFactoryCustomizer;
import org.springframework.cloud.stream.binding.Bindable;
import org.springframework.cloud.stream.binding.BindingService;
import org.springframework.cloud.stream.binding.InputBindingLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Joins the Kafka parts; import it through {@link io.rollcall.support.ServiceSupport}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
public class KafkaSupportConfiguration {

	private final InstantSource clock = InstantSource.system();

	@Bean
	ProducerFactory<byte[], byte[]> eventProducerFactory(KafkaSettings settings) {
		return new DefaultKafkaProducerFactory<>(settings.producer());
	}

	@Bean(destroyMethod = "")
	@Primary
	EventPublisher eventPublisher(ProducerFactory<byte[], byte[]> eventProducerFactory) {
		return new EventPublisher(eventProducerFactory);
	}

	@Bean
	KafkaTemplate<byte[], byte[]> deadLetterTemplate(ProducerFactory<byte[], byte[]> eventProducerFactory) {
		return new KafkaTemplate<>(eventProducerFactory);
	}

	@Bean(destroyMethod = "close")
	Admin kafkaAdminClient(KafkaSettings settings) {
		return Admin.create(settings.client());
	}

	@Bean
	KafkaAdmin.NewTopics topics(KafkaSettings settings) {
		return new KafkaAdmin.NewTopics(TopicTable.withDeadLetters(settings.groups())
			.stream()
			.map((topic) -> topic.create(settings.replicas()))
			.toArray(NewTopic[]::new));
	}

	/** Does nothing by itself: {@link TopicProvisioner} says when. */
	@Bean
	KafkaAdmin kafkaAdmin(KafkaSettings settings) {
		KafkaAdmin kafkaAdmin = new KafkaAdmin(settings.client());
		kafkaAdmin.setAutoCreate(false);
		kafkaAdmin.setModifyTopicConfigs(true);
		kafkaAdmin.setFatalIfBrokerNotAvailable(true);
		return kafkaAdmin;
	}

	@Bean
	TopicProvisioner kafkaHealthIndicator(Admin kafkaAdminClient, KafkaAdmin kafkaAdmin, KafkaSettings settings) {
		return new TopicProvisioner(kafkaAdminClient, kafkaAdmin,
				TopicTable.withDeadLetters(settings.groups()).stream().map(TopicTable.Topic::name).toList());
	}

	/** Asked last: what no redrive of the service knows is published again. */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	DeadLetterRedrive republishing(EventPublisher eventPublisher) {
		return new Republishing(eventPublisher);
	}

	@Bean
	FailingPartitions partitionsHealthIndicator() {
		return new FailingPartitions(this.clock);
	}

	@Bean
	LossWatch lossWatch(ObjectProvider<OnLoss> onLoss) {
		return new LossWatch(onLoss.stream().collect(Collectors.toMap(OnLoss::topic, Function.identity())), this.clock);
	}

	/** The binder's consumers too. */
	@Bean
	@SuppressWarnings("unchecked")
	ClientFactoryCustomizer lossWatchCustomizer(LossWatch lossWatch) {
		return new ClientFactoryCustomizer() {

			@Override
			public void configure(ConsumerFactory<?, ?> consumers) {
				((ConsumerFactory<byte[], byte[]>) consumers).addPostProcessor(lossWatch);
			}

		};
	}

	@Bean
	ContainerCare containerCare(DeadLetters deadLetters, KafkaTemplate<byte[], byte[]> deadLetterTemplate,
			FailingPartitions failingPartitions, LossWatch lossWatch) {
		return new ContainerCare(deadLetters, deadLetterTemplate, failingPartitions, lossWatch, this.clock);
	}

	@Bean
	ListenerContainers listenerContainers(KafkaSettings settings, ContainerCare containerCare, LossWatch lossWatch) {
		return new ListenerContainers(settings, containerCare, lossWatch);
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

	/** Where a service has no way of its own to tell of dead letters. */
	@Bean
	@Fallback
	DeadLetterNotices publishedDeadLetterNotices(EventPublisher publisher,
			@Value("${spring.application.name:rollcall}") String service) {
		return new PublishedDeadLetterNotices(publisher, service, InstantSource.system());
	}

}
