package io.rollcall.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports on the loopback address. */
public final class Ports {

	/**
	 * Below the range from which systems take outgoing ports: a server that is away keeps
	 * its port.
	 */
	private static final int FIRST = 15_000;

	private static final int LAST = 32_000;

	private Ports() {
	}

	/** The given port, or a free one for 0. */
	public static int orFree(int port) {
		return (port != 0) ? port : free();
	}

	/** A port that nobody listens on now. */
	public static int free() {
		for (int attempt = 0; attempt < 1_000; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
			if (isFree(port)) {
				return port;
			}
		}
		throw new IllegalStateException("No free port between " + FIRST + " and " + LAST + " on 127.0.0.1");
	}

	/** Whether a server could listen there now. */
	public static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"))) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
