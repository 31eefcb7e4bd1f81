package io.rollcall.console.web;

import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * The page. It is kept outside of {@code static/}, because in one JVM with the other
 * services each of them would serve it.
 */
@Configuration(proxyBeanMethods = false)
class Pages {

	@Bean
	RouterFunction<ServerResponse> page(ConsoleSettings settings) {
		return RouterFunctions.route()
			.GET("/", (request) -> ServerResponse.ok()
				.contentType(MediaType.TEXT_HTML)
				.cacheControl(CacheControl.noCache())
				.header("Content-Security-Policy",
						"default-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:")
				.bodyValue(new ClassPathResource("console/index.html")))
			.GET("/console.json",
					(request) -> ServerResponse.ok().bodyValue(Map.of("mail", settings.mail().toString())))
			.build();
	}

}
