package io.rollcall.reconciler;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import io.rollcall.reconciler.flow.apply.AccountsAndTeams;
import io.rollcall.reconciler.flow.apply.DecisionInputs;
import io.rollcall.reconciler.flow.apply.DirectoryObjects;
import io.rollcall.reconciler.flow.apply.Kills;
import io.rollcall.support.kafka.EventPublisher;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole service, running on a real broker and database. */
public final class RunningReconciler implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private RunningReconciler(ConfigurableApplicationContext context) {
		this.context = context;
	}

	public static RunningReconciler start(String brokers, String mongo, String database, String... more) {
		return start(brokers, mongo, database, (context) -> {
		}, more);
	}

	/** One whose beans are looked at, or wrapped, as they are made. */
	public static RunningReconciler start(String brokers, String mongo, String database,
			ApplicationContextInitializer<ConfigurableApplicationContext> prepared, String... more) {
		String[] settings = { "--server.port=0", "--rollcall.kafka.brokers=" + brokers,
				"--rollcall.mongodb.uri=" + mongo, "--rollcall.mongodb.database=" + database,
				"--rollcall.kafka.replicas=1" };
		return new RunningReconciler(ReconcilerApplication.application()
			.initializers(prepared)
			.run(Stream.concat(Stream.of(settings), Stream.of(more)).toArray(String[]::new)));
	}

	/** One whose beans are wrapped before others get them. */
	public static RunningReconciler wrapped(String brokers, String mongo, String database,
			UnaryOperator<Object> wrapping, String... more) {
		return start(brokers, mongo, database,
				(context) -> context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {

					@Override
					public Object postProcessAfterInitialization(Object bean, String name) {
						return wrapping.apply(bean);
					}

				}), more);
	}

	/** Kills around what is read and written to apply. */
	public static UnaryOperator<Object> with(Kills kills) {
		return (bean) -> switch (bean) {
			case DirectoryObjects objects -> kills.on(objects);
			case DecisionInputs inputs -> kills.on(inputs);
			case AccountsAndTeams accounts -> kills.on(accounts);
			default -> bean;
		};
	}

	/** Whether everything that it needs answers. */
	public boolean isReady() {
		return rest().get("/actuator/health/readiness").status() == 200;
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** The service as those see it who call it over HTTP. */
	public Rest rest() {
		return new Rest("http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty("local.server.port"));
	}

	/** Publishes an event to the partition of its key, as another service does. */
	public void publish(String topic, Event event) {
		bean(EventPublisher.class).publish(topic, envelope(event)).join();
	}

	/** Publishes an event to a given partition. */
	public void publish(String topic, int partition, Event event) {
		bean(EventPublisher.class).publishAll(List.of(EventPublisher.record(topic, partition, envelope(event)))).join();
	}

	private static Envelope<Event> envelope(Event event) {
		return Envelope.of(UUID.randomUUID().toString(), "/rollcall/test", Instant.now(), event);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
