package io.rollcall.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;

import com.github.dockerjava.api.DockerClient;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.dockerclient.DockerClientProviderStrategy;
import org.testcontainers.utility.TestcontainersConfiguration;

/**
 * The Docker engine, asked before any container is started: a pull without a registry
 * would be retried for minutes.
 */
final class Engine {

	private static final String REGISTRY = "registry-1.docker.io";

	private Engine() {
	}

	/**
	 * Returns when containers of these images can be started.
	 * @throws IllegalStateException if no engine answers, or if an image is neither there
	 * nor in reach
	 */
	static void require(String... images) {
		try (DockerClient client = client()) {
			List<String> missing = Stream.concat(Stream.of(images), reaper())
				.filter((image) -> !has(client, image))
				.toList();
			if (!missing.isEmpty() && !registryAnswers()) {
				throw new IllegalStateException("an engine answers, but has no " + String.join(", ", missing) + " and "
						+ REGISTRY + " is out of reach");
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("the engine's client could not be closed: " + ex, ex);
		}
	}

	private static DockerClient client() {
		try {
			return DockerClientProviderStrategy.getClientForConfig(DockerClientFactory.instance().getTransportConfig());
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException("no Docker engine answers", ex);
		}
	}

	/** Testcontainers' own container that clears away what a killed JVM leaves. */
	private static Stream<String> reaper() {
		return Boolean.parseBoolean(System.getenv("TESTCONTAINERS_RYUK_DISABLED")) ? Stream.empty()
				: Stream.of(TestcontainersConfiguration.getInstance().getRyukImage());
	}

	/**
	 * A name without a tag is there in any version: Testcontainers adds the tag of the
	 * reaper itself.
	 */
	private static boolean has(DockerClient client, String image) {
		return !client.listImagesCmd().withImageNameFilter(image).exec().isEmpty();
	}

	private static boolean registryAnswers() {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(REGISTRY, 443), 3_000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
