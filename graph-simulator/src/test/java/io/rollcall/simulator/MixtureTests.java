package io.rollcall.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.rollcall.simulator.Simulator.Answer;
import io.rollcall.simulator.Simulator.Round;
import io.rollcall.simulator.faults.FaultMixture;
import io.rollcall.simulator.faults.FaultRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Many faults at once, after which a client that goes on has everything. */
class MixtureTests {

	@Test
	void aSeedChoosesTheSameFaultsAgain() {
		assertThat(FaultMixture.of("t", 5)).usingRecursiveComparison()
			.ignoringFields("id")
			.isEqualTo(FaultMixture.of("t", 5));
		Set<Object> kinds = new java.util.HashSet<>();
		for (long seed = 0; seed < 50; seed++) {
			List<FaultRule> rules = FaultMixture.of("t", seed);
			assertThat(rules).hasSizeBetween(3, 7);
			rules.forEach((rule) -> kinds.add(rule.kind()));
		}
		assertThat(kinds).hasSizeGreaterThan(20);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 })
	void whoeverGoesOnEndsWithEverything(long seed) {
		Simulator tenant = Simulator.tenant(900);
		Answer mixed = tenant.control("POST", "/faults/mixture", "{\"seed\":%d}".formatted(seed));
		assertThat(mixed.status()).isEqualTo(201);
		assertThat(mixed.json().size()).isEqualTo(tenant.control("GET", "/faults", null).json().size());
		Set<String> read = new TreeSet<>();
		String link = "/users/delta?$select=displayName";
		while (!link.isEmpty()) {
			Answer page = patient(tenant, link);
			if (page.status() != 200) {
				read.clear();
				link = "/users/delta?$select=displayName";
				continue;
			}
			page.json().path("value").forEach((user) -> read.add(user.path("id").asString()));
			link = page.json().path("@odata.nextLink").asString("");
		}
		assertThat(read).hasSize(900);
	}

	@Test
	void anObjectOrAMemberMayBeMissingAndNeverCome() {
		Simulator tenant = Simulator.tenant(50);
		Round first = tenant.round("/users/delta?$select=displayName");
		Round members = tenant.round("/groups/delta?$select=members");
		List<String> renamed = tenant.act("rename user:1 A\nrename user:2 B\njoin user:1 group:1\njoin user:2 group:1");
		tenant.fault("{\"kind\":\"MISSING_OBJECT\",\"path\":\"/users/delta\"}");
		Round changes = tenant.round(first.deltaLink());
		assertThat(changes.objects()).extracting((user) -> user.path("id").asString()).containsExactly(renamed.get(1));
		assertThat(tenant.round(changes.deltaLink()).objects()).isEmpty();
		int all = members(tenant.round(members.deltaLink()).objects());
		tenant.fault("{\"kind\":\"MISSING_MEMBER\",\"path\":\"/groups/delta\"}");
		assertThat(members(tenant.round(members.deltaLink()).objects())).isEqualTo(all - 1);
		tenant.fault("{\"kind\":\"MISSING_OBJECT\",\"path\":\"/users/delta\"}");
		assertThat(tenant.round("/users/delta").objects()).hasSize(49);
	}

	private static int members(List<JsonNode> groups) {
		return groups.stream().mapToInt((group) -> group.path("members@delta").size()).sum();
	}

	/** Asks again until there is a page, or the chain is dead. */
	private static Answer patient(Simulator tenant, String link) {
		Map<String, Integer> failures = new HashMap<>();
		List<Integer> seen = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			try {
				Answer answer = tenant.get(link);
				seen.add(answer.status());
				boolean dead = Set.of(400, 404, 410).contains(answer.status());
				if (answer.status() == 200 || dead) {
					return answer;
				}
			}
			catch (RuntimeException ex) {
				failures.merge(ex.getClass().getSimpleName(), 1, Integer::sum);
			}
		}
		throw new IllegalStateException(seen + " " + failures);
	}

}
