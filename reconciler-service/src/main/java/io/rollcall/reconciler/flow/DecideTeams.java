package io.rollcall.reconciler.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.TeamId;
import io.rollcall.reconciler.flow.CrashPoints.Step;
import io.rollcall.reconciler.flow.Evaluations.Turned;
import io.rollcall.reconciler.rules.Decided;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.reconciler.rules.TeamChanges;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Decides the teams of a segment's groups. */
final class DecideTeams {

	private final Teams teams;

	private final Evaluations evaluations;

	private final CrashPoints crashPoints;

	DecideTeams(Teams teams, Evaluations evaluations, CrashPoints crashPoints) {
		this.teams = teams;
		this.evaluations = evaluations;
		this.crashPoints = crashPoints;
	}

	/** The teams that the groups have. */
	Mono<Map<TeamId, Stored<Team>>> read(Work work) {
		Map<OrganizationId, List<TeamId>> ids = new LinkedHashMap<>();
		work.groups()
			.forEach((group) -> ids.computeIfAbsent(group.facts().organization(), (o) -> new ArrayList<>())
				.add(idOf(group)));
		return Flux.fromIterable(ids.entrySet())
			.concatMap((entry) -> this.teams.byIds(entry.getKey(), entry.getValue()))
			.concatMapIterable((found) -> found)
			.collectMap((team) -> team.document().id());
	}

	/**
	 * Asks for decisions about the members of groups that count now and did not, or the
	 * other way round. The team remembers that only afterwards: a crash asks again.
	 */
	Mono<Void> evaluateMembers(Work work, Map<TeamId, Stored<Team>> teams) {
		Map<Turn, List<Turned>> turned = new LinkedHashMap<>();
		for (ObjectWork group : work.groups()) {
			Stored<Team> team = teams.get(idOf(group));
			boolean counts = group.ask(() -> TeamChanges.counts(work.rules(group), group.facts()));
			if (TeamChanges.turned(counts, group.facts(), (team != null) ? team.document() : null)) {
				turned
					.computeIfAbsent(new Turn(group.facts().organization(), counts, group.run()),
							(key) -> new ArrayList<>())
					.add(new Turned(group.key(), group.facts().turns()));
			}
		}
		return Flux.fromIterable(turned.entrySet())
			.concatMap((entry) -> this.evaluations.membersOf(entry.getKey().organization(), entry.getValue(),
					entry.getKey().reason(), entry.getKey().run()))
			.then(Mono.fromRunnable(() -> this.crashPoints.after(Step.EVALUATIONS)));
	}

	/** The groups' teams, written where they changed. */
	Mono<Map<ObjectWork, Stored<Team>>> decideAndWrite(Work work, Map<TeamId, Stored<Team>> teams) {
		List<Write<Team>> writes = new ArrayList<>();
		Map<ObjectWork, Stored<Team>> touched = new LinkedHashMap<>();
		for (ObjectWork group : work.groups()) {
			Stored<Team> stored = teams.get(idOf(group));
			Optional<Decided<Team>> decided = group.ask(() -> Optional.ofNullable(
					TeamChanges.of(work.deciding(group, Map.of()), (stored != null) ? stored.document() : null)));
			if (decided.isPresent()) {
				Write<Team> write = write(work.segment().redelivery(group.partition()), group, stored, decided.get());
				writes.add(write);
				touched.put(group, write.next());
			}
			else if (stored != null) {
				touched.put(group, stored);
			}
		}
		return this.teams.write(writes).thenReturn(touched);
	}

	private static Write<Team> write(Redelivery redelivery, ObjectWork group, @Nullable Stored<Team> stored,
			Decided<Team> decided) {
		List<Pending> pending = new ArrayList<>();
		if (stored != null) {
			pending.addAll(redelivery.kept(stored.pending(), group.offset()));
		}
		decided.changes()
			.forEach((change) -> pending
				.add(new Pending(group.partition(), group.offset(), group.bulk(), false, change)));
		return new Write<>(new Stored<>(decided.document(), pending),
				(stored != null) ? stored.document().version() : 0);
	}

	private static TeamId idOf(ObjectWork group) {
		return DerivedIds.team(group.facts().organization(), group.key());
	}

	/** Groups that began, or ceased, to count, in one run. */
	private record Turn(OrganizationId organization, boolean counts, @Nullable RunId run) {

		private String reason() {
			return this.counts ? "their group makes a team now" : "their group makes no team any more";
		}

	}

}
