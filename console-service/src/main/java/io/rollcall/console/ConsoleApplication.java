package io.rollcall.console;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;

/** The web console. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@ComponentScan
@ConfigurationPropertiesScan
public class ConsoleApplication {

	public static void main(String[] args) {
		application().run(args);
	}

	/** The console, ready to run, also beside others in one JVM. */
	public static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(ConsoleApplication.class).web(WebApplicationType.REACTIVE)
			.bannerMode(Banner.Mode.OFF)
			.properties("spring.config.name=console-service");
	}

}
