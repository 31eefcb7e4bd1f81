package io.rollcall.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import io.rollcall.simulator.Simulator.Answer;
import io.rollcall.simulator.faults.Latencies;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** How fast Graph answers, and how much it gives an app. */
class PaceTests {

	@Test
	void aPageTakesAsLongAsItIsTold() {
		Simulator tenant = Simulator.tenant(10);
		tenant.control("PUT", "/latency", "{\"fromMillis\":200,\"toMillis\":300,\"seed\":7}");
		assertThat(took(tenant)).isBetween(Duration.ofMillis(199), Duration.ofSeconds(5));
		assertThat(took(Simulator.tenant(10))).isLessThan(Duration.ofMillis(199));
		tenant.control("PUT", "/latency", "{\"millis\":0}");
		assertThat(took(tenant)).isLessThan(Duration.ofMillis(199));
		assertThat(tenant.control("PUT", "/latency", "{\"fromMillis\":2,\"toMillis\":1}").status()).isEqualTo(400);
	}

	@Test
	void aSeedGivesTheSameTimesAgain() {
		List<Long> times = times(7);
		assertThat(times).allMatch((millis) -> millis >= 200 && millis <= 800).doesNotHaveDuplicates();
		assertThat(times(7)).isEqualTo(times);
		assertThat(times(8)).isNotEqualTo(times);
	}

	@ParameterizedTest
	@CsvSource({ "SECONDS,[0-9]+", "FRACTION,[0-9]+\\.[0-9]{3}", "DATE,.* GMT", "ZERO,0", "NONE," })
	void aRefusalSaysInEveryFormWhenToComeBack(String form, String expected) {
		Simulator tenant = Simulator.tenant(10);
		tenant.control("PUT", "/throttling", "{\"unitsPer10Seconds\":1,\"retryAfter\":\"%s\"}".formatted(form));
		tenant.get("/groups");
		Answer refused = tenant.get("/groups");
		assertThat(refused.status()).isEqualTo(429);
		assertThat(refused.header("Retry-After")).matches((expected != null) ? expected : "");
		assertThat(refused.header("x-ms-throttle-scope"))
			.matches("Tenant_Application/ReadWrite/[0-9a-f-]+/" + tenant.id());
		assertThat(refused.header("x-ms-throttle-information")).isEqualTo("ResourceUnitLimitExceeded");
	}

	@Test
	void theShareIsToldBeforeItIsTooLateAndLowPriorityGoesFirst() {
		Simulator tenant = Simulator.tenant(10);
		tenant.control("PUT", "/throttling", "{\"unitsPer10Seconds\":10}");
		List<String> shares = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			shares.add(tenant.get("/groups").header("x-ms-throttle-limit-percentage"));
		}
		assertThat(shares).containsExactly("", "", "", "", "", "", "", "0.8");
		assertThat(tenant.get("/groups", "x-ms-throttle-priority", "low").status()).isEqualTo(429);
		assertThat(tenant.get("/groups").status()).isEqualTo(200);
		assertThat(tenant.get("/groups").status()).isEqualTo(429);
		assertThat(tenant.get("/groups", "x-ms-throttle-priority", "high").status()).isEqualTo(200);
		JsonNode spent = tenant.control("GET", "/throttling", null).json().get(0);
		assertThat(spent.path("units").asInt()).isEqualTo(12);
		assertThat(spent.path("calls").asInt()).isEqualTo(12);
		assertThat(spent.path("refused").asInt()).isEqualTo(2);
	}

	@Test
	void eachAppHasItsOwnBudgetAndThePublishedOneFollowsTheSize() {
		Simulator tenant = Simulator.tenant(10);
		tenant.control("PUT", "/throttling", "{\"unitsPer10Seconds\":1}");
		tenant.get("/groups");
		assertThat(tenant.get("/groups").status()).isEqualTo(429);
		tenant.control("PUT", "/apps/other", "{\"secret\":\"s\"}");
		tenant.use(tenant.token("other", "s").json().path("access_token").asString());
		assertThat(tenant.get("/groups").status()).isEqualTo(200);
		tenant.control("PUT", "/throttling", "{\"published\":true}");
		for (int i = 0; i < 20; i++) {
			assertThat(tenant.get("/groups").header("x-ms-throttle-limit-percentage")).isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource({ "/users,2", "/users?$select=id,1", "/users?$top=10,1", "/users?$expand=manager,3", "/groups,1",
			"/applications,2", "/users/delta,1", "/organization,1" })
	void aCallCostsWhatIsPublished(String path, String units) {
		assertThat(Simulator.tenant(1).get(path).header("x-ms-resource-unit")).isEqualTo(units);
	}

	private static List<Long> times(long seed) {
		Latencies latencies = new Latencies();
		latencies.between("t", 200, 800, seed);
		return LongStream.range(0, 8).map((i) -> latencies.next("t")).boxed().toList();
	}

	private static Duration took(Simulator tenant) {
		long began = System.nanoTime();
		assertThat(tenant.get("/users/delta").status()).isEqualTo(200);
		return Duration.ofNanos(System.nanoTime() - began);
	}

}
