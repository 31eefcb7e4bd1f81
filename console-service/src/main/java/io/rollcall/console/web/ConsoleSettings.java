package io.rollcall.console.web;

import java.net.URI;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the services are, as the console reaches them.
 *
 * @param mail the page with caught e-mails, as the person at the browser reaches it
 */
@ConfigurationProperties("rollcall.console")
public record ConsoleSettings(URI connector, URI reconciler, URI notifier, URI simulator, URI mail) {

	/** The first part of a path, and whose door it is. */
	Map<String, URI> doors() {
		return Map.of("connector", this.connector, "reconciler", this.reconciler, "notifier", this.notifier,
				"simulator", this.simulator);
	}

}
