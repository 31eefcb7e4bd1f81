package io.rollcall.connector.web;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.web.reactive.config.BlockingExecutionConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** Joins what the outside calls. */
@Configuration(proxyBeanMethods = false)
@Import({ PostsInFlight.class, WebhookEndpoint.class, ConnectionEndpoint.class, Problems.class })
public class WebConfiguration {

	/** Flows wait, which only virtual threads should do. */
	@Bean
	WebFluxConfigurer flows() {
		return new WebFluxConfigurer() {

			@Override
			public void configureBlockingExecution(BlockingExecutionConfigurer blocking) {
				blocking.setExecutor(new VirtualThreadTaskExecutor("flows-"));
			}

		};
	}

}
