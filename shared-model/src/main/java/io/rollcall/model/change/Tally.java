package io.rollcall.model.change;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How much was changed, with the first names of each kind for a digest.
 *
 * @param counts by kind; what is not there is 0
 * @param names at most {@link #NAMES} of each kind
 */
public record Tally(Map<Kind, Long> counts, Map<Kind, List<String>> names) {

	/** How many names of each kind are kept. */
	public static final int NAMES = 10;

	public static final Tally NONE = new Tally(Map.of(), Map.of());

	public Tally {
		counts = ordered(counts);
		names = ordered(names);
	}

	/** What one change counts as: one of each kind that it has a part of. */
	public static Tally of(Change change) {
		Map<Kind, Long> counts = new EnumMap<>(Kind.class);
		switch (change) {
			case Change.AccountChanged account -> {
				kindOf(account, counts);
				put(counts, Kind.MEMBER_JOINED, account.joined().size());
				put(counts, Kind.MEMBER_LEFT, account.left().size());
			}
			case Change.TeamChanged team -> put(counts, switch (team.what()) {
				case CREATED -> Kind.TEAM_CREATED;
				case ARCHIVED -> Kind.TEAM_ARCHIVED;
				case RESTORED -> Kind.TEAM_RESTORED;
				case RENAMED -> Kind.TEAM_RENAMED;
			}, 1);
		}
		Map<Kind, List<String>> names = new EnumMap<>(Kind.class);
		counts.keySet().forEach((kind) -> names.put(kind, List.of(change.name())));
		return new Tally(counts, names);
	}

	public Tally plus(Tally other) {
		Map<Kind, Long> sums = new HashMap<>(this.counts);
		other.counts.forEach((kind, count) -> sums.merge(kind, count, Long::sum));
		Map<Kind, List<String>> first = new HashMap<>(this.names);
		other.names.forEach((kind, more) -> first.merge(kind, more, Tally::firstOf));
		return new Tally(sums, first);
	}

	public long count(Kind kind) {
		return this.counts.getOrDefault(kind, 0L);
	}

	public boolean isEmpty() {
		return this.counts.isEmpty();
	}

	private static void kindOf(Change.AccountChanged account, Map<Kind, Long> counts) {
		switch (account.what()) {
			case CREATED -> put(counts, Kind.ACCOUNT_CREATED, 1);
			case LINKED -> put(counts, Kind.ACCOUNT_LINKED, 1);
			case UPDATED -> put(counts, Kind.ACCOUNT_UPDATED, 1);
			case DEACTIVATED -> put(counts, Kind.ACCOUNT_DEACTIVATED, 1);
			case ARCHIVED -> put(counts, Kind.ACCOUNT_ARCHIVED, 1);
			case REACTIVATED -> put(counts, Kind.ACCOUNT_REACTIVATED, 1);
			case HELD -> put(counts, Kind.ACCOUNT_HELD, 1);
			case RELEASED -> put(counts, Kind.ACCOUNT_RELEASED, 1);
			case MEMBERSHIPS -> {
			}
		}
	}

	private static void put(Map<Kind, Long> counts, Kind kind, long count) {
		if (count > 0) {
			counts.put(kind, count);
		}
	}

	private static List<String> firstOf(List<String> some, List<String> more) {
		return Stream.concat(some.stream(), more.stream()).limit(NAMES).toList();
	}

	private static <V> Map<Kind, V> ordered(Map<Kind, V> values) {
		Map<Kind, V> ordered = new EnumMap<>(Kind.class);
		ordered.putAll(values);
		return Collections.unmodifiableMap(ordered);
	}

	/** What is counted. */
	public enum Kind {

		ACCOUNT_CREATED, ACCOUNT_LINKED, ACCOUNT_UPDATED, ACCOUNT_DEACTIVATED, ACCOUNT_ARCHIVED, ACCOUNT_REACTIVATED,
		ACCOUNT_HELD, ACCOUNT_RELEASED, MEMBER_JOINED, MEMBER_LEFT, TEAM_CREATED, TEAM_RENAMED, TEAM_ARCHIVED,
		TEAM_RESTORED

	}

}
