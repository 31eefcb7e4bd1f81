package io.rollcall.reconciler.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.change.Change;
import io.rollcall.reconciler.flow.history.Histories;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What became of accounts and teams, the newest first. */
@RestController
class HistoryController {

	private static final Duration LONGEST = Duration.ofDays(31);

	private static final Set<String> WHAT = Stream
		.concat(Arrays.stream(Change.AccountChanged.What.values()), Arrays.stream(Change.TeamChanged.What.values()))
		.map(Enum::name)
		.collect(Collectors.toCollection(TreeSet::new));

	private final Histories histories;

	HistoryController(Histories histories) {
		this.histories = histories;
	}

	@GetMapping("/api/organizations/{organization}/accounts/{account}/history")
	Page<Entry> account(@PathVariable String organization, @PathVariable String account,
			@RequestParam @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
		return this.histories.of(new OrganizationId(organization), account, cursor, Problems.limit(limit))
			.map(Entry::of);
	}

	@GetMapping("/api/organizations/{organization}/teams/{team}/history")
	Page<Entry> team(@PathVariable String organization, @PathVariable String team,
			@RequestParam @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
		return account(organization, team, cursor, limit);
	}

	/**
	 * What became of anybody of a connection.
	 * @param what what matters most in the change
	 * @param from the earliest, such as {@code 2026-12-01T00:00:00Z}
	 * @param until later than the latest
	 */
	@GetMapping("/api/connections/{connection}/history")
	Page<Entry> connection(@PathVariable String connection, @RequestParam @Nullable String run,
			@RequestParam @Nullable String what, @RequestParam @Nullable Instant from,
			@RequestParam @Nullable Instant until, @RequestParam @Nullable String cursor,
			@RequestParam(defaultValue = "100") int limit) {
		if (what != null && !WHAT.contains(what)) {
			throw Problems.invalid("what is '%s' and must be one of %s".formatted(what, String.join(", ", WHAT)));
		}
		Histories.Query query = new Histories.Query((run != null) ? new RunId(run) : null, what, from, until);
		return this.histories.of(new ConnectionId(connection), query, cursor, Problems.limit(limit)).map(Entry::of);
	}

	/** How much live reads changed, by the hour: what stands beside the runs. */
	@GetMapping("/api/connections/{connection}/live")
	List<Histories.Hour> live(@PathVariable String connection, @RequestParam Instant from,
			@RequestParam Instant until) {
		if (!from.isBefore(until) || Duration.between(from, until).compareTo(LONGEST) > 0) {
			throw Problems.invalid("from must be before until, by at most %d days".formatted(LONGEST.toDays()));
		}
		return this.histories.live(new ConnectionId(connection), from, until);
	}

	/**
	 * A change of an account or a team.
	 *
	 * @param of which of the two
	 */
	record Entry(Of of, Change change) {

		static Entry of(Change change) {
			return new Entry(switch (change) {
				case Change.AccountChanged _ -> Of.ACCOUNT;
				case Change.TeamChanged _ -> Of.TEAM;
			}, change);
		}

	}

	/** Whose change it is. */
	enum Of {

		ACCOUNT, TEAM

	}

}
