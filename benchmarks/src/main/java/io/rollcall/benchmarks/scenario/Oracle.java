package io.rollcall.benchmarks.scenario;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.benchmarks.Report;
import io.rollcall.benchmarks.pipe.Graph;
import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.model.change.Change;
import io.rollcall.model.event.Event;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.Topics;
import io.rollcall.model.state.State;

/**
 * Whether all of a tenant has arrived: the change log deduped and folded, and the
 * compacted states, against the simulator's truth.
 */
final class Oracle {

	private Oracle() {
	}

	static void check(Report report, Watch watch, Graph.Truth truth, String organization) {
		long[] folded = folded(watch, organization);
		long[] states = states(watch, organization);
		Map<String, long[]> found = new LinkedHashMap<>();
		found.put("accounts by the change log", new long[] { truth.accounts(), folded[0] });
		found.put("teams by the change log", new long[] { truth.teams(), folded[1] });
		found.put("memberships by the change log", new long[] { truth.memberships(), folded[2] });
		found.put("states of accounts", new long[] { truth.accounts(), states[0] });
		found.put("states of teams", new long[] { truth.teams(), states[1] });
		found.put("memberships in the states", new long[] { truth.memberships(), states[2] });
		found.put("dead letters", new long[] { 0, watch.deadLetters() });
		List<List<String>> rows = new ArrayList<>();
		found.forEach((what, counts) -> {
			boolean right = counts[0] == counts[1];
			rows.add(List.of(what, "%,d".formatted(counts[0]), "%,d".formatted(counts[1]), right ? "yes" : "**NO**"));
			if (!right) {
				report.note("**Wrong in %s: %s should be %,d and are %,d**".formatted(organization, what, counts[0],
						counts[1]));
			}
		});
		report.table("Is all of it there? %s against the simulator's truth".formatted(organization),
				List.of("what", "should be", "is", "right"), rows);
	}

	/** Accounts created, teams created, memberships joined less those left. */
	private static long[] folded(Watch watch, String organization) {
		long[] counts = new long[3];
		Set<String> known = new HashSet<>();
		watch.read(Topics.CHANGES, Map.of(), (record) -> {
			if (!ofOrganization(record.key(), organization)
					|| !(Watch.reading(record) instanceof EventFormat.Reading.Known<Event> event)
					|| !known.add(event.envelope().id())) {
				return;
			}
			switch (event.envelope().event()) {
				case Change.AccountChanged account -> {
					counts[0] += (account.what() == Change.AccountChanged.What.CREATED) ? 1 : 0;
					counts[2] += account.joined().size() - account.left().size();
				}
				case Change.TeamChanged team -> counts[1] += (team.what() == Change.TeamChanged.What.CREATED) ? 1 : 0;
				default -> {
				}
			}
		});
		return counts;
	}

	/** Active accounts, active teams, memberships of the accounts. */
	private static long[] states(Watch watch, String organization) {
		Map<String, Integer> accounts = new HashMap<>();
		Map<String, Integer> teams = new HashMap<>();
		for (String topic : List.of(Topics.ACCOUNTS, Topics.TEAMS)) {
			watch.read(topic, Map.of(), (record) -> {
				if (ofOrganization(record.key(), organization)) {
					String key = new String(record.key(), StandardCharsets.UTF_8);
					State state = (Watch.reading(record) instanceof EventFormat.Reading.Known<Event> known
							&& known.envelope().event() instanceof State now) ? now : null;
					switch (state) {
						case State.AccountState account when account.status() == State.Status.ACTIVE ->
							accounts.put(key, account.teams().size());
						case State.TeamState team when team.status() == State.Status.ACTIVE -> teams.put(key, 0);
						case null, default -> {
							accounts.remove(key);
							teams.remove(key);
						}
					}
				}
			});
		}
		return new long[] { accounts.size(), teams.size(),
				accounts.values().stream().mapToLong(Integer::longValue).sum() };
	}

	private static boolean ofOrganization(byte[] key, String organization) {
		return new String(key, StandardCharsets.UTF_8).startsWith(organization + ":");
	}

}
