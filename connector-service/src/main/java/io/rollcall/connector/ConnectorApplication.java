package io.rollcall.connector;

import io.rollcall.support.ServiceSupport;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.ComponentScan;

/** The connector as a process of its own, or as one of several in a JVM. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan
@ServiceSupport
public class ConnectorApplication {

	public static void main(String[] args) {
		application().run(args);
	}

	public static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(ConnectorApplication.class).bannerMode(Banner.Mode.OFF)
			.web(WebApplicationType.REACTIVE)
			.properties("spring.config.name=connector-service");
	}

}
