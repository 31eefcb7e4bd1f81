package io.rollcall.simulator;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.rollcall.simulator.Simulator.Answer;
import io.rollcall.simulator.Simulator.Round;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JacksonException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each fault, as a client meets it. */
class FaultTests {

	@ParameterizedTest
	@CsvSource({ "2.128", "0", "120" })
	void throttlesWithTheRetryAfterThatWasAskedFor(String seconds) {
		Simulator tenant = Simulator.tenant(10);
		tenant.fault("{\"kind\":\"THROTTLED\",\"path\":\"/users/delta\",\"retryAfter\":\"%s\",\"times\":2}"
			.formatted(seconds));
		assertThat(tenant.get("/groups/delta").status()).isEqualTo(200);
		Answer throttled = tenant.get("/users/delta");
		assertThat(throttled.status()).isEqualTo(429);
		assertThat(throttled.header("Retry-After")).isEqualTo(seconds);
		assertThat(throttled.error()).isEqualTo(Simulator.sample("error-429").at("/error/code").asString());
		assertThat(tenant.get("/users/delta").status()).isEqualTo(429);
		assertThat(tenant.get("/users/delta").status()).isEqualTo(200);
	}

	@Test
	void throttlesWithADateOrWithoutAWord() {
		Simulator tenant = Simulator.tenant(10);
		tenant.fault("{\"kind\":\"THROTTLED\",\"retryAfter\":\"date:30\"}");
		assertThat(tenant.get("/users/delta").header("Retry-After")).endsWith("GMT");
		tenant.fault("{\"kind\":\"THROTTLED\"}");
		Answer silent = tenant.get("/users/delta");
		assertThat(silent.status()).isEqualTo(429);
		assertThat(silent.header("Retry-After")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "INTERNAL_ERROR,500", "BAD_GATEWAY,502", "UNAVAILABLE,503", "GATEWAY_TIMEOUT,504", "UNAUTHORIZED,401",
			"DENIED,403", "NOT_FOUND,404" })
	void answersWithTheStatus(String kind, int status) {
		Simulator tenant = Simulator.tenant(10);
		tenant.fault("{\"kind\":\"%s\"}".formatted(kind));
		assertThat(tenant.get("/users/delta").status()).isEqualTo(status);
		assertThat(tenant.get("/users/delta").status()).isEqualTo(200);
	}

	@Test
	void isGoneInMidPagingWithOrWithoutABody() {
		Simulator tenant = Simulator.tenant(500);
		tenant.fault("{\"kind\":\"GONE\",\"on\":\"NEXT_LINK\"}");
		String next = tenant.get("/users/delta").json().path("@odata.nextLink").asString();
		Answer gone = tenant.get(next);
		assertThat(gone.status()).isEqualTo(410);
		assertThat(gone.error()).isEqualTo("syncStateNotFound");
		assertThat(gone.header("Location")).endsWith("/v1.0/users/delta?$deltatoken=");
		assertThat(tenant.get(gone.header("Location")).json().path("value").size()).isEqualTo(200);
		tenant.fault("{\"kind\":\"GONE_WITHOUT_BODY\",\"on\":\"DELTA_LINK\"}");
		Answer silent = tenant.get(tenant.round("/users/delta").deltaLink());
		assertThat(silent.status()).isEqualTo(410);
		assertThat(silent.http().body()).isEmpty();
	}

	@Test
	void anOldDeltaLinkIsA400() {
		Simulator tenant = Simulator.tenant(10);
		String link = tenant.round("/users/delta").deltaLink();
		tenant.fault("{\"kind\":\"TOKEN_TOO_OLD\",\"on\":\"DELTA_LINK\"}");
		Answer old = tenant.get(link);
		assertThat(old.status()).isEqualTo(400);
		assertThat(old.error()).isEqualTo("Request_UnsupportedQuery");
		assertThat(old.json().at("/error/message").asString())
			.isEqualTo("DeltaLink older than 30 days is not supported.");
	}

	@Test
	void cutsAnswersShortAndBreaksConnections() {
		Simulator tenant = Simulator.tenant(300);
		tenant.fault("{\"kind\":\"BROKEN_JSON\"}");
		assertThatThrownBy(() -> tenant.get("/users/delta")).isInstanceOf(JacksonException.class);
		tenant.fault("{\"kind\":\"TRUNCATED\",\"times\":5}");
		assertThatThrownBy(() -> tenant.get("/users/delta")).isInstanceOf(UncheckedIOException.class);
		tenant.control("DELETE", "/faults", null);
		tenant.fault("{\"kind\":\"RESET\",\"times\":5}");
		assertThatThrownBy(() -> tenant.get("/users/delta")).isInstanceOf(UncheckedIOException.class);
		tenant.control("DELETE", "/faults", null);
		assertThat(tenant.get("/users/delta").status()).isEqualTo(200);
	}

	@Test
	void hangsOrTakesItsTime() {
		Simulator tenant = Simulator.tenant(10);
		tenant.fault("{\"kind\":\"HANG\"}");
		CompletableFuture<Answer> hanging = CompletableFuture.supplyAsync(() -> tenant.get("/users/delta"));
		assertThatThrownBy(() -> hanging.get(1, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
		tenant.fault("{\"kind\":\"SLOW\",\"delayMillis\":300}");
		long began = System.nanoTime();
		assertThat(tenant.get("/users/delta").status()).isEqualTo(200);
		assertThat(System.nanoTime() - began).isGreaterThan(290_000_000);
	}

	@Test
	void happensAtARateThatTheSeedDecides() {
		Simulator tenant = Simulator.tenant(1);
		tenant.fault("{\"kind\":\"UNAVAILABLE\",\"rate\":0.5,\"seed\":42}");
		long struck = java.util.stream.IntStream.range(0, 100)
			.filter((i) -> tenant.get("/organization").status() == 503)
			.count();
		assertThat(struck).isBetween(30L, 70L);
	}

	@Test
	void tellsAnObjectTwiceAndReplaysAndGivesAnEmptyPage() {
		Simulator tenant = Simulator.tenant(50);
		tenant.fault("{\"kind\":\"DUPLICATE_OBJECT\"}");
		Round doubled = tenant.round("/users/delta?$select=displayName");
		assertThat(doubled.objects()).hasSize(51);
		String renamed = tenant.act("rename user:7 Hopper").getFirst();
		Round told = tenant.round(doubled.deltaLink());
		tenant.fault("{\"kind\":\"REPLAY\"}");
		assertThat(tenant.round(told.deltaLink()).only().path("id").asString()).isEqualTo(renamed);
		tenant.fault("{\"kind\":\"EMPTY_PAGE\"}");
		Round empty = tenant.round(told.deltaLink());
		assertThat(empty.pages()).isEqualTo(2);
		assertThat(empty.objects()).isEmpty();
	}

	@Test
	void aReplicaThatLagsDoesNotKnowTheNewestYet() {
		Simulator tenant = Simulator.tenant(20);
		String link = tenant.round("/users/delta").deltaLink();
		tenant.control("PUT", "/lag", "{\"millis\":600000}");
		String hired = tenant.act("hire Ada Lovelace").getFirst();
		assertThat(tenant.round(link).objects()).isEmpty();
		assertThat(tenant.get("/users/" + hired).status()).isEqualTo(404);
		String later = tenant.round(link).deltaLink();
		tenant.control("PUT", "/lag", "{\"millis\":0}");
		assertThat(tenant.round(later).only().path("id").asString()).isEqualTo(hired);
		assertThat(tenant.get("/users/" + hired).status()).isEqualTo(200);
	}

	@Test
	void resourceUnitsRunOutWhenALimitIsSet() {
		Simulator tenant = Simulator.tenant(10);
		tenant.control("PUT", "/throttling", "{\"unitsPer10Seconds\":4}");
		assertThat(tenant.get("/users").header("x-ms-resource-unit")).isEqualTo("2");
		assertThat(tenant.get("/users").header("x-ms-throttle-limit-percentage")).isEqualTo("1.0");
		Answer throttled = tenant.get("/users");
		assertThat(throttled.status()).isEqualTo(429);
		assertThat(Double.parseDouble(throttled.header("Retry-After"))).isBetween(0.0, 10.0);
		assertThat(throttled.header("x-ms-throttle-information")).isEqualTo("ResourceUnitLimitExceeded");
	}

	@Test
	void theTokenEndpointFailsToo() {
		Simulator tenant = Simulator.tenant(10);
		tenant.fault("{\"kind\":\"UNAVAILABLE\",\"path\":\"/oauth2\"}");
		assertThat(List.of(tenant.token("a", "b").status(), tenant.token("a", "b").status())).containsExactly(503, 400);
	}

}
