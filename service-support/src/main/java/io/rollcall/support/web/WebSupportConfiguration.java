package io.rollcall.support.web;

import java.time.Duration;

import io.rollcall.support.DeadLetters;

import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Joins the web parts; import it through {@link io.rollcall.support.ServiceSupport}. */
@Configuration(proxyBeanMethods = false)
public class WebSupportConfiguration {

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

	@Bean
	DeadLettersController deadLettersController(DeadLetters letters) {
		return new DeadLettersController(letters);
	}

	@Bean
	ProblemAdvice problemAdvice() {
		return new ProblemAdvice();
	}

	@Bean
	WebFluxRegistrations knownParameters() {
		return new WebFluxRegistrations() {

			@Override
			public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
				return new KnownParameters();
			}

		};
	}

}
