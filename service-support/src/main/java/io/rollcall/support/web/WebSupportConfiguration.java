package io.rollcall.support.web;

import io.rollcall.support.DeadLetterDesk;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the web parts; import it through {@link io.rollcall.support.ServiceSupport}. */
@Configuration(proxyBeanMethods = false)
public class WebSupportConfiguration {

	@Bean
	DeadLettersController deadLettersController(DeadLetterDesk desk) {
		return new DeadLettersController(desk);
	}

}
