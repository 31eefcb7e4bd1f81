package io.rollcall.reconciler;

import java.time.InstantSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all parts of the reconciler share. */
@Configuration(proxyBeanMethods = false)
class ReconcilerConfiguration {

	@Bean
	InstantSource clock() {
		return InstantSource.system();
	}

}
