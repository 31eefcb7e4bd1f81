package io.rollcall.console;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/** What the console does not share with other services in the same JVM. */
@Configuration(proxyBeanMethods = false)
class ConsoleConfiguration {

	/**
	 * The global event loops would be taken away from the others when the console stops.
	 */
	@Bean
	ReactorResourceFactory eventLoops() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		resources.setShutdownQuietPeriod(Duration.ZERO);
		return resources;
	}

}
