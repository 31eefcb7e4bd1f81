package io.rollcall.connector.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Joins what the outside calls. */
@Configuration(proxyBeanMethods = false)
@Import({ PostsInFlight.class, WebhookEndpoint.class, ConnectionEndpoint.class, SelfTestEndpoint.class,
		CredentialEndpoint.class, ConsentEndpoint.class, KnownErrors.class, KnownErrorsEndpoint.class, Problems.class })
public class WebConfiguration {

}
