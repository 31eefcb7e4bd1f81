package io.rollcall.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.simulator.Simulator.Round;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client that does nothing but follow delta ends up with the truth, whatever happens
 * while it reads.
 */
class MirrorTests {

	private final Map<String, Map<String, String>> users = new HashMap<>();

	private final Map<String, Set<String>> groups = new HashMap<>();

	@ParameterizedTest(name = "seed {0}")
	@ValueSource(longs = { 1, 2, 3 })
	void followingDeltaThroughLifeAndOddPagesEndsInTheTruth(long seed) {
		Simulator tenant = Simulator.tenant(700);
		for (String kind : new String[] { "DUPLICATE_OBJECT", "REPLAY", "EMPTY_PAGE" }) {
			tenant.fault("{\"kind\":\"%s\",\"rate\":0.2,\"seed\":%d}".formatted(kind, seed));
		}
		tenant.control("POST", "/life", "{\"rate\":400,\"seed\":%d}".formatted(seed));
		String userLink = "/users/delta?$select=displayName,jobTitle,mobilePhone,department,manager";
		String groupLink = "/groups/delta?$select=displayName,members";
		int rounds = 0;
		while (acts(tenant) < 600) {
			userLink = readUsers(tenant.round(userLink));
			groupLink = readGroups(tenant.round(groupLink));
			rounds++;
		}
		tenant.control("DELETE", "/schedules", null);
		// The act that was happening when life stopped may still be on its way.
		AtomicInteger last = new AtomicInteger(-1);
		await().pollInterval(Duration.ofMillis(50)).until(() -> last.getAndSet(acts(tenant)) == last.get());
		readUsers(tenant.round(userLink));
		readGroups(tenant.round(groupLink));
		assertThat(rounds).isPositive();
		assertThat(new TreeMap<>(this.users)).isEqualTo(truthOfUsers(tenant));
		this.groups.values().removeIf(Set::isEmpty);
		assertThat(new TreeMap<>(this.groups)).isEqualTo(truthOfGroups(tenant));
	}

	private String readUsers(Round round) {
		for (JsonNode user : round.objects()) {
			String id = user.path("id").asString();
			if (user.has("@removed")) {
				this.users.remove(id);
				continue;
			}
			Map<String, String> known = this.users.computeIfAbsent(id, (key) -> new HashMap<>());
			for (String name : new String[] { "displayName", "jobTitle", "mobilePhone", "department" }) {
				if (user.has(name)) {
					known.put(name, user.path(name).asString(""));
				}
			}
			user.path("manager@delta")
				.forEach((manager) -> known.put("manager",
						manager.has("@removed") ? "" : manager.path("id").asString()));
			known.values().removeIf(String::isEmpty);
		}
		return round.deltaLink();
	}

	private String readGroups(Round round) {
		for (JsonNode group : round.objects()) {
			Set<String> members = this.groups.computeIfAbsent(group.path("id").asString(), (key) -> new HashSet<>());
			for (JsonNode member : group.path("members@delta")) {
				if (member.has("@removed")) {
					members.remove(member.path("id").asString());
				}
				else {
					members.add(member.path("id").asString());
				}
			}
		}
		return round.deltaLink();
	}

	private static Map<String, Map<String, String>> truthOfUsers(Simulator tenant) {
		Map<String, Map<String, String>> truth = new TreeMap<>();
		for (JsonNode user : tenant.truth("user")) {
			if (user.path("state").asString().equals("live")) {
				Map<String, String> values = new HashMap<>();
				for (String name : new String[] { "displayName", "jobTitle", "mobilePhone", "department", "manager" }) {
					if (user.has(name)) {
						values.put(name, user.path(name).asString());
					}
				}
				truth.put(user.path("id").asString(), values);
			}
		}
		return truth;
	}

	private static Map<String, Set<String>> truthOfGroups(Simulator tenant) {
		Map<String, Set<String>> truth = new TreeMap<>();
		for (JsonNode line : tenant.truth("membership")) {
			if (line.path("containerKind").asString().equals("group")) {
				truth.computeIfAbsent(line.path("container").asString(), (key) -> new TreeSet<>())
					.add(line.path("member").asString());
			}
		}
		return truth;
	}

	private static int acts(Simulator tenant) {
		return tenant.control("GET", "/stats", null).json().path("acts").asInt();
	}

}
