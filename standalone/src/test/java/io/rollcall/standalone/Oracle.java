package io.rollcall.standalone;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.rollcall.model.event.Topics;
import io.rollcall.test.RealServices;
import io.rollcall.test.WholeTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What must be so in the end, whatever happened before: accounts, teams, memberships and
 * compacted states are the tenant's truth, and the change log, deduped by {@code ce_id},
 * folds to them with versions 1, 2, 3, …
 */
final class Oracle {

	private static final Duration LONGEST = Duration.ofMinutes(2);

	private final RunningRollcall rollcall;

	Oracle(RunningRollcall rollcall) {
		this.rollcall = rollcall;
	}

	/**
	 * Who is in use.
	 *
	 * @param members the groups' ids of each directory user who has an account
	 * @param teams the name of each group's team
	 */
	private record Directory(Map<String, Set<String>> members, Map<String, String> teams) {
	}

	/** Until all of it is so; says what is not. */
	void awaitTruth() {
		Awaitility.await("the tenant's truth").atMost(LONGEST).untilAsserted(() -> {
			Directory truth = truth();
			assertThat(accounts()).as("accounts").isEqualTo(truth);
			assertThat(states()).as("compacted states").isEqualTo(truth);
			assertThat(folded()).as("the change log, folded").isEqualTo(truth);
		});
	}

	private Directory truth() {
		List<JsonNode> all = this.rollcall.tenant().truth();
		Map<String, Set<String>> members = new TreeMap<>();
		Map<String, String> teams = new TreeMap<>();
		all.stream()
			.filter((object) -> is(object, "kind", "user") && included(object))
			.forEach((user) -> members.put(text(user, "id"), new TreeSet<>()));
		all.stream()
			.filter((object) -> is(object, "kind", "group") && is(object, "state", "live"))
			.forEach((group) -> teams.put(text(group, "id"), text(group, "displayName")));
		all.stream()
			.filter((object) -> is(object, "kind", "membership") && teams.containsKey(text(object, "container")))
			.filter((edge) -> members.containsKey(text(edge, "member")))
			.forEach((edge) -> members.get(text(edge, "member")).add(text(edge, "container")));
		return new Directory(members, teams);
	}

	/** Everybody of the tenant itself who is enabled and has a name. */
	static boolean included(JsonNode user) {
		return is(user, "state", "live") && !is(user, "userType", "Guest") && user.path("accountEnabled").asBoolean()
				&& !text(user, "displayName").isBlank();
	}

	/** By REST. */
	private Directory accounts() {
		Map<String, String> groups = new HashMap<>();
		Map<String, String> teams = new TreeMap<>();
		this.rollcall.every("teams").stream().filter((team) -> is(team, "status", "ACTIVE")).forEach((team) -> {
			String group = team.path("source").path("object").asString();
			groups.put(text(team, "id"), group);
			teams.put(group, text(team, "name"));
		});
		Map<String, Set<String>> members = new TreeMap<>();
		this.rollcall.every("accounts")
			.stream()
			.filter((account) -> is(account, "status", "ACTIVE"))
			.forEach((account) -> members.put(text(account, "object"), groupsOf(account, groups)));
		return new Directory(members, teams);
	}

	private Directory states() {
		Map<String, String> groups = new HashMap<>();
		Map<String, String> teams = new TreeMap<>();
		latest(Topics.TEAMS).values().stream().filter((team) -> is(team, "status", "ACTIVE")).forEach((team) -> {
			String group = team.path("source").path("object").asString();
			groups.put(text(team, "team"), group);
			teams.put(group, text(team, "name"));
		});
		Map<String, Set<String>> members = new TreeMap<>();
		latest(Topics.ACCOUNTS).values()
			.stream()
			.filter((account) -> is(account, "status", "ACTIVE"))
			.forEach((account) -> members.put(text(account, "object"), groupsOf(account, groups)));
		return new Directory(members, teams);
	}

	/** Accounts and teams know their objects from their states: changes tell only ids. */
	private Directory folded() {
		Map<String, JsonNode> accountStates = latest(Topics.ACCOUNTS);
		Map<String, JsonNode> teamStates = latest(Topics.TEAMS);
		Map<String, Long> versions = new HashMap<>();
		Map<String, String> status = new HashMap<>();
		Map<String, String> names = new HashMap<>();
		Map<String, Set<String>> memberships = new HashMap<>();
		Set<String> known = new TreeSet<>();
		try (ChangeLog log = new ChangeLog(RealServices.kafkaBrokers())) {
			Stream<ChangeLog.Entry> ours = log.whole()
				.stream()
				.filter((entry) -> is(entry.value(), "organization", RunningRollcall.ORGANIZATION));
			ours.filter((entry) -> known.add(entry.id())).forEach((entry) -> {
				JsonNode change = entry.value();
				String key = text(change, "organization") + ":" + entry.subject();
				assertThat(change.path("version").asLong()).as("version of " + key)
					.isEqualTo(versions.getOrDefault(key, 0L) + 1);
				versions.put(key, change.path("version").asLong());
				status.put(key, text(change, "status"));
				names.put(key, text(change, "name"));
				Set<String> teams = memberships.computeIfAbsent(key, (ignored) -> new TreeSet<>());
				change.path("left").forEach((left) -> teams.remove(text(left, "team")));
				change.path("joined").forEach((joined) -> teams.add(text(joined, "team")));
			});
		}
		Map<String, String> groups = new HashMap<>();
		Map<String, String> teams = new TreeMap<>();
		teamStates.forEach((key, team) -> {
			groups.put(text(team, "team"), team.path("source").path("object").asString());
			if ("ACTIVE".equals(status.get(key))) {
				teams.put(team.path("source").path("object").asString(), String.valueOf(names.get(key)));
			}
		});
		Map<String, Set<String>> members = new TreeMap<>();
		accountStates.forEach((key, account) -> {
			if ("ACTIVE".equals(status.get(key))) {
				members.put(text(account, "object"),
						memberships.getOrDefault(key, Set.of())
							.stream()
							.map((team) -> groups.getOrDefault(team, team))
							.collect(Collectors.toCollection(TreeSet::new)));
			}
		});
		return new Directory(members, teams);
	}

	private static Set<String> groupsOf(JsonNode account, Map<String, String> groups) {
		return account.path("teams")
			.valueStream()
			.map((place) -> text(place, "team"))
			.map((team) -> groups.getOrDefault(team, team))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/** The newest value of each key of the organization. */
	private static Map<String, JsonNode> latest(String topic) {
		Map<String, JsonNode> latest = new HashMap<>();
		try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
				Map.of("bootstrap.servers", RealServices.kafkaBrokers()), new StringDeserializer(),
				new ByteArrayDeserializer())) {
			WholeTopic.assign(consumer, topic);
			Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
			List<TopicPartition> open = new ArrayList<>(ends.keySet());
			while (!open.isEmpty()) {
				consumer.poll(Duration.ofMillis(100)).forEach((record) -> {
					if (!record.key().startsWith(RunningRollcall.ORGANIZATION + ":")) {
						return;
					}
					if (record.value() != null) {
						latest.put(record.key(),
								JsonMapper.shared().readTree(new String(record.value(), StandardCharsets.UTF_8)));
					}
					else {
						latest.remove(record.key());
					}
				});
				open.removeIf((partition) -> consumer.position(partition) >= ends.get(partition));
			}
		}
		return latest;
	}

	private static boolean is(JsonNode node, String field, String value) {
		return value.equals(node.path(field).asString(null));
	}

	private static String text(JsonNode node, String field) {
		return node.path(field).asString("");
	}

}
