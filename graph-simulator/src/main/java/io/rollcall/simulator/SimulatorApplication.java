package io.rollcall.simulator;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Starts the simulated Microsoft Graph. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(excludeName = { "org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration",
		"org.springframework.boot.mongodb.autoconfigure.MongoReactiveAutoConfiguration" })
@Import({ SimulatorConfiguration.class, TlsConfiguration.class })
public class SimulatorApplication {

	public static void main(String[] args) {
		application().run(args);
	}

	/** The application, ready to run, also beside others in one process. */
	public static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(SimulatorApplication.class).bannerMode(Banner.Mode.OFF)
			.web(WebApplicationType.REACTIVE)
			.properties("spring.config.name=graph-simulator");
	}

}
