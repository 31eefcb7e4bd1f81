package io.rollcall.connector.web;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import java.util.concurrent.Executors;

/** Joins what the outside calls. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookSettings.class)
@Import({ PostsInFlight.class, WebhookEndpoint.class, ConnectionEndpoint.class, Problems.class })
public class WebConfiguration implements WebFluxConfigurer {

	private final WebhookSettings settings;

	WebConfiguration(WebhookSettings settings) {
		this.settings = settings;
	}

	/** Flows wait, which only virtual threads should do. */
	@Bean(destroyMethod = "dispose")
	static Scheduler flows() {
		return Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(), "flows");
	}

	@Override
	public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
		configurer.defaultCodecs().maxInMemorySize((int) this.settings.largestBody().toBytes());
	}

}
