package io.rollcall.reconciler;

import java.util.Map;

import io.rollcall.support.ServiceSupport;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.ComponentScan;

/** The reconciler as a process, or as one context among others in one JVM. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan
@ServiceSupport
public class ReconcilerApplication {

	/** The service, ready to run; its defaults are in {@code reconciler-service.yml}. */
	public static SpringApplicationBuilder application() {
		return new SpringApplicationBuilder(ReconcilerApplication.class).web(WebApplicationType.REACTIVE)
			.bannerMode(Banner.Mode.OFF)
			.properties(Map.of("spring.config.name", "reconciler-service"));
	}

	public static void main(String[] args) {
		application().run(args);
	}

}
