package io.rollcall.connector.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** Joins what the outside calls. */
@Configuration(proxyBeanMethods = false)
@Import({ Overdue.class, WebhookEndpoint.class, ConnectionEndpoint.class, Problems.class })
public class WebConfiguration implements WebFluxConfigurer {

	/** One post may bring many notifications. */
	private static final int LARGEST_BODY = 8 * 1024 * 1024;

	@Override
	public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
		configurer.defaultCodecs().maxInMemorySize(LARGEST_BODY);
	}

}
