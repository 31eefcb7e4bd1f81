package io.rollcall.standalone.jvm;

import java.util.List;

/**
 * All applications share one class path, and Spring Boot configures what it finds there.
 * The console and the simulator have neither Kafka nor MongoDB when they run by
 * themselves, and are told to leave them alone here.
 */
public final class OneClassPath {

	/**
	 * Nobody is left to ask: the web server does not wait for more after its last answer.
	 */
	public static final String STOPS_AT_ONCE = "--spring.reactor.netty.shutdown-quiet-period=0s";

	private static final List<String> MESSAGING_AND_STORING = List.of(
			"org.springframework.boot.integration.autoconfigure.IntegrationAutoConfiguration",
			"org.springframework.boot.integration.autoconfigure.IntegrationGraphEndpointAutoConfiguration",
			"org.springframework.boot.integration.autoconfigure.metrics.IntegrationMetricsAutoConfiguration",
			"org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
			"org.springframework.boot.kafka.autoconfigure.metrics.KafkaMetricsAutoConfiguration",
			"org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration",
			"org.springframework.boot.mongodb.autoconfigure.MongoReactiveAutoConfiguration",
			"org.springframework.boot.mongodb.autoconfigure.health.MongoHealthContributorAutoConfiguration",
			"org.springframework.boot.mongodb.autoconfigure.health.MongoReactiveHealthContributorAutoConfiguration",
			"org.springframework.boot.mongodb.autoconfigure.metrics.MongoMetricsAutoConfiguration",
			"org.springframework.cloud.function.cloudevent.CloudEventsFunctionExtensionConfiguration",
			"org.springframework.cloud.function.context.config.ContextFunctionCatalogAutoConfiguration",
			"org.springframework.cloud.function.context.config.FunctionsEndpointAutoConfiguration",
			"org.springframework.cloud.function.context.config.KotlinLambdaToFunctionAutoConfiguration",
			"org.springframework.cloud.function.observability.ObservationAutoConfiguration",
			"org.springframework.cloud.stream.binder.kafka.config.ExtendedBindingHandlerMappingsProviderConfiguration",
			"org.springframework.cloud.stream.binder.kafka.config.MessageConverterHelperConfiguration",
			"org.springframework.cloud.stream.config.BindersHealthIndicatorAutoConfiguration",
			"org.springframework.cloud.stream.config.BindingServiceConfiguration",
			"org.springframework.cloud.stream.config.BindingsEndpointAutoConfiguration",
			"org.springframework.cloud.stream.config.ChannelsEndpointAutoConfiguration",
			"org.springframework.cloud.stream.function.FunctionConfiguration");

	private OneClassPath() {
	}

	/** The setting for an application that only serves HTTP. */
	public static String webOnly() {
		return "--spring.autoconfigure.exclude=" + String.join(",", MESSAGING_AND_STORING);
	}

}
