package io.rollcall.connector.web;

import java.util.concurrent.Executors;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Joins what the outside calls. */
@Configuration(proxyBeanMethods = false)
@Import({ PostsInFlight.class, WebhookEndpoint.class, ConnectionEndpoint.class, Problems.class })
public class WebConfiguration {

	/** Flows wait, which only virtual threads should do. */
	@Bean(destroyMethod = "dispose")
	Scheduler flows() {
		return Schedulers.fromExecutorService(Executors.newVirtualThreadPerTaskExecutor(), "flows");
	}

}
