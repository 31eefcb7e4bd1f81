package io.rollcall.reconciler.flow.projection;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.rollcall.model.change.Change;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.flow.projection.CurrentStates.Current;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Makes current states of changes. A change only says that its document is worth reading
 * again: what is written is the document as it is now, which is at least as new.
 */
public final class Projection {

	private static final String SOURCE = "/rollcall/reconciler";

	private static final int PAGE = 1_000;

	private final CurrentStates states;

	private final CrashPoints crashPoints;

	public Projection(CurrentStates states, CrashPoints crashPoints) {
		this.states = states;
		this.crashPoints = crashPoints;
	}

	/** What the compacted topics must hold after these changes. */
	public Mono<List<Projected>> of(Collection<Change> changes) {
		Map<String, Long> accounts = new HashMap<>();
		Map<String, Long> teams = new HashMap<>();
		for (Change change : changes) {
			switch (change) {
				case Change.OfAccount account -> accounts.merge(account.key(), account.version(), Math::max);
				case Change.OfTeam team -> teams.merge(team.key(), team.version(), Math::max);
			}
		}
		return of(accounts, teams);
	}

	/**
	 * What the compacted topics must hold of everything, whatever changed, in pages.
	 * @param keys says of which accounts and teams
	 */
	public Flux<List<Projected>> again(Predicate<String> keys) {
		Flux<List<Projected>> accounts = this.states.accountKeys()
			.filter(keys)
			.buffer(PAGE)
			.concatMap((page) -> of(whatever(page), Map.of()));
		return accounts.concatWith(
				this.states.teamKeys().filter(keys).buffer(PAGE).concatMap((page) -> of(Map.of(), whatever(page))));
	}

	/** All of them, at whatever version. */
	private static Map<String, Long> whatever(List<String> keys) {
		return keys.stream().collect(Collectors.toMap((key) -> key, (key) -> 0L));
	}

	/** The states of keys, which must be stored at that version at least. */
	private Mono<List<Projected>> of(Map<String, Long> accounts, Map<String, Long> teams) {
		return Mono.zip(this.states.accounts(accounts.keySet()), this.states.teams(teams.keySet()),
				(currentAccounts, currentTeams) -> {
					List<Projected> projected = new ArrayList<>(accounts.size() + teams.size());
					accounts.forEach(
							(key, version) -> add(projected, Topics.ACCOUNTS, key, version, currentAccounts.get(key)));
					teams.forEach((key, version) -> add(projected, Topics.TEAMS, key, version, currentTeams.get(key)));
					return projected;
				})
			.doOnNext((done) -> this.crashPoints.after(CrashPoints.Step.PROJECTION));
	}

	private static <S extends State> void add(List<Projected> projected, String topic, String key, long atLeast,
			@Nullable Current<S> current) {
		if (current == null) {
			projected.add(new Projected(topic, key, null));
			return;
		}
		if (current.version() < atLeast) {
			throw new IllegalStateException("%s is stored at version %d, and a change of version %d is published"
				.formatted(key, current.version(), atLeast));
		}
		S state = current.state();
		if (state != null) {
			String id = key.substring(key.indexOf(':') + 1) + ":" + current.version();
			Envelope<S> envelope = Envelope.of(id, SOURCE, at(state), state);
			projected.add(new Projected(topic, key, envelope));
		}
	}

	private static Instant at(State state) {
		return switch (state) {
			case State.AccountState account -> account.at();
			case State.TeamState team -> team.at();
		};
	}

}
