package io.rollcall.reconciler;

import java.util.concurrent.CompletableFuture;

import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.support.kafka.EventPublisher;
import org.apache.kafka.clients.producer.RecordMetadata;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** The whole service, running on a real broker and database. */
public final class RunningReconciler implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private RunningReconciler(ConfigurableApplicationContext context) {
		this.context = context;
	}

	public static RunningReconciler start(String brokers, String mongo, String database, CrashPoints crashPoints,
			String... more) {
		String[] settings = { "--server.port=0", "--rollcall.kafka.brokers=" + brokers,
				"--rollcall.mongodb.uri=" + mongo, "--rollcall.mongodb.database=" + database,
				"--rollcall.kafka.replicas=1" };
		String[] all = java.util.stream.Stream.concat(java.util.Arrays.stream(settings), java.util.Arrays.stream(more))
			.toArray(String[]::new);
		return new RunningReconciler(ReconcilerApplication.application()
			.initializers((context) -> ((GenericApplicationContext) context).registerBean("crashPoints",
					CrashPoints.class, () -> crashPoints))
			.run(all));
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** The service as those see it who call it over HTTP. */
	public Rest rest() {
		return new Rest("http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty("local.server.port"));
	}

	public CompletableFuture<RecordMetadata> publish(String id, Observation observation) {
		return bean(EventPublisher.class).publish(Topics.OBSERVATIONS, envelope(id, observation));
	}

	public CompletableFuture<RecordMetadata> publish(int partition, String id, Observation observation) {
		return bean(EventPublisher.class).publish(Topics.OBSERVATIONS, partition, envelope(id, observation));
	}

	private static Envelope<Observation> envelope(String id, Observation observation) {
		return Envelope.of(id, "/rollcall/connector", java.time.Instant.now(), observation);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
