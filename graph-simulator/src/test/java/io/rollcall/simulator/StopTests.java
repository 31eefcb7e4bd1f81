package io.rollcall.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.rollcall.simulator.control.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The simulator as a process of its own. */
class StopTests {

	private static final Pattern PORT = Pattern.compile("started on port (\\d+)");

	/** Graceful shutdown would wait for 30 s, and for the event loops' quiet 2 s. */
	private static final Duration LIMIT = Duration.ofSeconds(2);

	private final Process process = start();

	@AfterEach
	void kill() {
		this.process.destroyForcibly();
	}

	@Test
	void endsAtOnceHoweverManyWaitForAnAnswer() throws Exception {
		String url = "http://localhost:" + port();
		String tenant = post(url + "/control/tenants", "{\"users\":10}", Map.of(), "id");
		post(url + "/control/tenants/" + tenant + "/acts", "every 50ms rename @random \"Grace Hopper\"", Map.of(),
				"schedules");
		post(url + "/control/tenants/" + tenant + "/faults", "{\"kind\":\"HANG\",\"path\":\"/users\"}", Map.of(), "id");
		String token = post(url + "/" + tenant + "/oauth2/v2.0/token",
				"client_id=%s&client_secret=%s&grant_type=client_credentials&scope=https://graph.microsoft.com/.default"
					.formatted(World.DEFAULT_APP, World.DEFAULT_SECRET),
				Map.of("Content-Type", "application/x-www-form-urlencoded"), "access_token");
		Map<String, String> bearer = Map.of("Authorization", "Bearer " + token);
		CompletableFuture<Object> hanging = CompletableFuture
			.supplyAsync(() -> Simulator.raw("GET", url + "/v1.0/users", null, bearer));
		String faults = url + "/control/tenants/" + tenant + "/faults";
		while (!new String(Simulator.raw("GET", faults, null, Map.of()).body(), StandardCharsets.UTF_8)
			.contains("\"strikes\":1")) {
			Thread.onSpinWait();
		}
		assertThat(hanging).isNotDone();
		this.process.destroy();
		long asked = System.nanoTime();
		assertThat(this.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(LIMIT);
	}

	private int port() throws IOException {
		BufferedReader lines = this.process.inputReader();
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			Matcher matcher = PORT.matcher(line);
			if (matcher.find()) {
				return Integer.parseInt(matcher.group(1));
			}
		}
		throw new IOException("the simulator did not start");
	}

	private static String post(String url, String body, Map<String, String> headers, String answer) {
		return JsonMapper.shared().readTree(Simulator.raw("POST", url, body, headers).body()).path(answer).asString("");
	}

	private static Process start() {
		try {
			return new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
					SimulatorApplication.class.getName(), "--server.port=0"))
				.redirectErrorStream(true)
				.start();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
