package io.rollcall.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.rollcall.embedded.Ports;
import io.rollcall.standalone.services.FirstConnection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The real thing, as a person starts it: a process of its own, stopped by a signal,
 * started again.
 */
@DisabledOnOs(OS.WINDOWS)
class ResumeTests {

	private final Map<String, String> ports = Map.of("ROLLCALL_CONSOLE_PORT", port(), "ROLLCALL_CONNECTOR_PORT", port(),
			"ROLLCALL_RECONCILER_PORT", port(), "ROLLCALL_NOTIFIER_PORT", port(), "ROLLCALL_SIMULATOR_PORT", port(),
			"ROLLCALL_KAFKA_PORT", port(), "ROLLCALL_MONGODB_PORT", port(), "ROLLCALL_SMTP_PORT", port(),
			"ROLLCALL_MAIL_PORT", port());

	@TempDir
	Path data;

	@Test
	void aSecondStartGoesOnWhereTheFirstWasStopped() throws Exception {
		try (Started first = new Started()) {
			first.awaitLine("First sync is complete");
			first.tenant().act("hire Ada Lovelace");
			first.awaitAlert("Ada Lovelace has joined");
			first.stopInOrder();
			assertThat(first.lines).last().asString().contains("Stopped");
		}
		try (Started second = new Started()) {
			second.awaitLine("Rollcall is ready");
			assertThat(second.lines).anyMatch((line) -> line.contains("Rollcall resumes from"));
			assertThat(titles(second.alerts())).anyMatch((title) -> title.contains("Ada Lovelace has joined"));
			assertThat(second.tenant().truth()).anyMatch((object) -> object.toString().contains("Ada Lovelace"));
			second.tenant().act("hire Grace Hopper");
			second.awaitAlert("Grace Hopper has joined");
			assertThat(titles(second.alerts())).filteredOn((title) -> title.contains("Ada Lovelace has joined"))
				.hasSize(1);
			second.stopInOrder();
		}
	}

	private static List<String> titles(List<JsonNode> alerts) {
		return alerts.stream().map((alert) -> alert.path("title").asString()).toList();
	}

	private static String port() {
		return String.valueOf(Ports.free());
	}

	private final class Started implements AutoCloseable {

		final List<String> lines = new CopyOnWriteArrayList<>();

		private final Process process;

		Started() throws IOException {
			ProcessBuilder builder = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
					"-Xmx800m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--sun-misc-unsafe-memory-access=allow",
					"--enable-native-access=ALL-UNNAMED", "-Dlogback.configurationFile=logback.xml", "-cp",
					System.getProperty("java.class.path"), Standalone.class.getName())
				.redirectErrorStream(true);
			builder.environment().putAll(ResumeTests.this.ports);
			builder.environment()
				.putAll(Map.of("ROLLCALL_DATA", ResumeTests.this.data.toString(), "ROLLCALL_PEOPLE", "60",
						"ROLLCALL_CHANGES_PER_SECOND", "0"));
			this.process = builder.start();
			Thread.ofVirtual().start(() -> read(this.process.inputReader()));
		}

		TenantControl tenant() {
			return new TenantControl(url("SIMULATOR"));
		}

		List<JsonNode> alerts() {
			return Rest.items(Rest.get(url("NOTIFIER").resolve("/api/organizations/%s/recipients/%s/alerts"
				.formatted(FirstConnection.ORGANIZATION, FirstConnection.OWNER))));
		}

		void awaitAlert(String title) {
			Awaitility.await(title)
				.atMost(Duration.ofSeconds(60))
				.until(() -> titles(alerts()).stream().anyMatch((known) -> known.contains(title)));
		}

		void awaitLine(String part) {
			Awaitility.await(part)
				.atMost(Duration.ofSeconds(180))
				.until(() -> !this.process.isAlive() || this.lines.stream().anyMatch((line) -> line.contains(part)));
			assertThat(this.lines).anyMatch((line) -> line.contains(part));
		}

		void stopInOrder() throws InterruptedException {
			// not Process.destroy(), which closes its output as well
			this.process.toHandle().destroy();
			assertThat(this.process.waitFor(60, TimeUnit.SECONDS)).as("ended within a minute").isTrue();
			assertThat(this.process.exitValue()).as("exit code after a signal").isZero();
			awaitLine("Stopped");
		}

		@Override
		public void close() {
			this.process.destroyForcibly();
		}

		private URI url(String service) {
			return URI.create("http://127.0.0.1:" + ResumeTests.this.ports.get("ROLLCALL_" + service + "_PORT"));
		}

		private void read(BufferedReader output) {
			output.lines().forEach(this.lines::add);
		}

	}

}
