package io.rollcall.support.web;

import java.time.Duration;

import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Joins the web parts; import it through {@link io.rollcall.support.ServiceSupport}. */
@Configuration(proxyBeanMethods = false)
@Import({ DeadLettersController.class, IdempotencyKeys.class, ProblemAdvice.class })
public class WebSupportConfiguration implements WebFluxConfigurer, WebFluxRegistrations {

	/**
	 * Event loops of this context's own: with the global ones, closing one service in a
	 * JVM would take the servers of all others away.
	 */
	@Bean
	ReactorResourceFactory reactorResourceFactory() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setShutdownQuietPeriod(Duration.ZERO);
		return resources;
	}

	/** Controllers wait for the database, which only virtual threads should do. */
	@Override
	public void configureBlockingExecution(BlockingExecutionConfigurer blocking) {
		blocking.setExecutor(new VirtualThreadTaskExecutor("web-"));
	}

	@Override
	public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
		return new KnownParameters();
	}

}
