package io.rollcall.standalone.services;

import java.net.URI;

/** Where the services listen, on 127.0.0.1. */
public record ServicePorts(int console, int connector, int reconciler, int notifier) {

	public URI consoleUrl() {
		return url(this.console);
	}

	public URI connectorUrl() {
		return url(this.connector);
	}

	public URI reconcilerUrl() {
		return url(this.reconciler);
	}

	public URI notifierUrl() {
		return url(this.notifier);
	}

	private static URI url(int port) {
		return URI.create("http://127.0.0.1:" + port);
	}

}
