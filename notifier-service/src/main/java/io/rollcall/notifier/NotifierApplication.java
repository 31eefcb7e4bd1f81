package io.rollcall.notifier;

import io.rollcall.support.ServiceSupport;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.ComponentScan;

/** The notifier service. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan
@ServiceSupport
public class NotifierApplication {

	public static void main(String[] args) {
		application().run(args);
	}

	/** The service, ready to run, also beside others in one JVM. */
	public static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(NotifierApplication.class).web(WebApplicationType.REACTIVE)
			.bannerMode(Banner.Mode.OFF)
			.properties("spring.config.name=notifier-service");
	}

}
