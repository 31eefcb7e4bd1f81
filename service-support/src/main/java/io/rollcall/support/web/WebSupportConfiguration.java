package io.rollcall.support.web;

import java.time.Duration;

import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Joins the web parts; import it through {@link io.rollcall.support.ServiceSupport}. */
@Configuration(proxyBeanMethods = false)
@Import({ DeadLettersController.class, ProblemAdvice.class })
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
	WebFluxRegistrations knownParameters() {
		return new WebFluxRegistrations() {

			@Override
			public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
				return new KnownParameters();
			}

		};
	}

}
