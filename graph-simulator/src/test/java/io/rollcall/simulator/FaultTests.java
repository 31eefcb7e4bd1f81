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
import tools.jackson.databind.JsonNode;

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

	@ParameterizedTest
	@CsvSource({ "EXPIRED_PAGE_TOKEN,400,Directory_ExpiredPageToken", "BADLY_FORMED_TOKEN,400,Request_BadRequest",
			"UNKNOWN_LINK,404,UnknownError" })
	void thePageLinkThatIsDeadStaysSoAndANewChainIsNot(String kind, int status, String code) {
		Simulator tenant = Simulator.tenant(700);
		String spare = tenant.get("/users/delta").json().path("@odata.nextLink").asString();
		tenant.fault("{\"kind\":\"%s\",\"path\":\"/users/delta\",\"after\":1}".formatted(kind));
		String second = tenant.get("/users/delta").json().path("@odata.nextLink").asString();
		String third = tenant.get(second).json().path("@odata.nextLink").asString();
		for (int i = 0; i < 3; i++) {
			Answer dead = tenant.get(third);
			assertThat(dead.status()).isEqualTo(status);
			assertThat(dead.error()).isEqualTo(code);
		}
		assertThat(tenant.get(spare).status()).isEqualTo(200);
		assertThat(tenant.round("/users/delta").objects()).hasSize(700);
		assertThat(tenant.get(third).status()).isEqualTo(status);
	}

	@Test
	void aListThatIsBegunAnewHasNoneOfTheDeadLinks() {
		Simulator tenant = Simulator.tenant(300);
		String path = "/groups/" + tenant.truth("group").getFirst().path("id").asString() + "/members?$top=20";
		tenant.fault("{\"kind\":\"UNKNOWN_LINK\",\"path\":\"/groups\"}");
		String dead = tenant.get(path).json().path("@odata.nextLink").asString();
		assertThat(tenant.get(dead).status()).isEqualTo(404);
		assertThat(tenant.get(dead).status()).isEqualTo(404);
		String other = tenant.get(path).json().path("@odata.nextLink").asString();
		assertThat(tenant.get(other).json().path("value").size()).isEqualTo(20);
	}

	@Test
	void aBadlyFormedTokenSoundsLikeOneThatIs() {
		Simulator tenant = Simulator.tenant(300);
		String next = tenant.get("/users/delta").json().path("@odata.nextLink").asString();
		Answer real = tenant.get(next.replaceFirst("skiptoken=v1", "skiptoken=v2"));
		tenant.fault("{\"kind\":\"BADLY_FORMED_TOKEN\"}");
		Answer fault = tenant.get(next);
		assertThat(fault.status()).isEqualTo(real.status());
		assertThat(fault.json().at("/error/message")).isEqualTo(real.json().at("/error/message"));
	}

	@Test
	void isDeniedThreeTimesInARowAndThenFine() {
		Simulator tenant = Simulator.tenant(10);
		tenant.fault("{\"kind\":\"DENIED\",\"path\":\"/users/delta\",\"times\":3}");
		for (int i = 0; i < 3; i++) {
			Answer denied = tenant.get("/users/delta");
			assertThat(denied.status()).isEqualTo(403);
			assertThat(denied.error()).isEqualTo(Simulator.sample("error-403").at("/error/code").asString());
			assertThat(tenant.get("/groups/delta").status()).isEqualTo(200);
		}
		assertThat(tenant.get("/users/delta").status()).isEqualTo(200);
	}

	@Test
	void refusesASelectedPropertyOnAChainsFirstRequest() {
		Simulator tenant = Simulator.tenant(300);
		String next = tenant.get("/users/delta?$select=displayName,jobTitle").json().path("@odata.nextLink").asString();
		tenant.fault("{\"kind\":\"PROPERTY_UNKNOWN\",\"select\":\"jobTitle\",\"always\":true}");
		Answer unknown = tenant.get("/users/delta?$select=displayName, JobTitle");
		assertThat(unknown.status()).isEqualTo(400);
		assertThat(unknown.json().at("/error/message").asString())
			.isEqualTo(tenant.get("/users/delta?$select=departmnt")
				.json()
				.at("/error/message")
				.asString()
				.replace("departmnt", "jobTitle"));
		assertThat(tenant.get("/users/delta?$select=displayName").status()).isEqualTo(200);
		assertThat(tenant.get(next).status()).isEqualTo(200);
		tenant.control("DELETE", "/faults", null);
		tenant.fault("{\"kind\":\"PROPERTY_NOT_TRACKED\",\"select\":\"jobTitle\"}");
		Answer untracked = tenant.get("/users/delta?$select=jobTitle");
		assertThat(untracked.status()).isEqualTo(tenant.get("/users/delta?$select=signInActivity").status())
			.isEqualTo(501);
		assertThat(untracked.error())
			.isEqualTo(Simulator.sample("error-501-property-not-tracked").at("/error/code").asString());
		assertThat(tenant.control("POST", "/faults", "{\"kind\":\"PROPERTY_UNKNOWN\"}").status()).isEqualTo(400);
	}

	@Test
	void givesAnObjectThatIsThinnerThanAskedFor() {
		Simulator tenant = Simulator.tenant(300);
		String select = "/users/delta?$select=displayName,userPrincipalName,accountEnabled,manager";
		tenant.fault("{\"kind\":\"ONLY_ID\",\"on\":\"NEXT_LINK\"}");
		Round round = tenant.round(select);
		assertThat(round.objects()).hasSize(300);
		assertThat(round.objects().stream().filter((user) -> user.size() == 1)).singleElement()
			.isSameAs(round.objects().get(200));
		String id = round.objects().get(200).path("id").asString();
		assertThat(tenant.get("/users/" + id + "?$select=displayName").json().path("displayName").asString())
			.isNotEmpty();
		tenant.act("enable " + id + "\ndisable " + id);
		tenant.fault("{\"kind\":\"NAMELESS\"}");
		assertThat(tenant.round(round.deltaLink()).only().propertyNames()).containsExactlyInAnyOrder("id",
				"accountEnabled");
		tenant.fault("{\"kind\":\"NAMELESS\",\"path\":\"/groups/delta\"}");
		List<JsonNode> groups = tenant.round("/groups/delta?$select=displayName,members").objects();
		assertThat(groups.getFirst().has("displayName")).isFalse();
		assertThat(groups.getFirst().has("members@delta")).isTrue();
		assertThat(groups.getLast().has("displayName")).isTrue();
	}

	@Test
	void pagesRepeatWithoutEnd() {
		Simulator tenant = Simulator.tenant(500);
		String second = tenant.get("/users/delta").json().path("@odata.nextLink").asString();
		tenant.fault("{\"kind\":\"SAME_LINK\",\"path\":\"/users/delta\",\"always\":true}");
		JsonNode page = tenant.get(second).json();
		assertThat(page.path("@odata.nextLink").asString()).isEqualTo(second);
		assertThat(tenant.get(second).json().path("value")).isEqualTo(page.path("value"));
		tenant.control("DELETE", "/faults", null);
		tenant.fault("{\"kind\":\"ENDLESS\",\"path\":\"/users/delta\",\"on\":\"NEXT_LINK\",\"times\":3}");
		String link = second;
		for (int i = 0; i < 3; i++) {
			JsonNode again = tenant.get(link).json();
			assertThat(again.path("value")).isEqualTo(page.path("value"));
			link = again.path("@odata.nextLink").asString();
		}
		assertThat(tenant.round(link).objects()).hasSize(300);
		String delta = tenant.round("/users/delta").deltaLink();
		tenant.fault("{\"kind\":\"SAME_LINK\",\"on\":\"DELTA_LINK\"}");
		JsonNode caught = tenant.get(delta).json();
		assertThat(caught.path("@odata.nextLink").asString()).isEqualTo(delta);
		assertThat(caught.has("@odata.deltaLink")).isFalse();
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
