package io.rollcall.benchmarks.stage;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.reconciler.flow.Stored;
import io.rollcall.reconciler.flow.Teams;
import io.rollcall.reconciler.flow.Write;
import io.rollcall.reconciler.rules.Team;
import reactor.core.publisher.Mono;

/** Teams in memory. */
final class MemoryTeams implements Teams {

	private final Tape tape;

	private final Map<TeamId, Stored<Team>> teams = new HashMap<>();

	MemoryTeams(Tape tape) {
		this.tape = tape;
	}

	@Override
	public Mono<List<Stored<Team>>> byIds(OrganizationId organization, Collection<TeamId> ids) {
		this.tape.note((ports) -> ports.teams().byIds(organization, ids));
		return Mono.just(ids.stream().map(this.teams::get).filter(Objects::nonNull).toList());
	}

	@Override
	public Mono<Void> write(List<Write<Team>> teams) {
		this.tape.note((ports) -> ports.teams().write(teams));
		teams.forEach((write) -> this.teams.put(write.next().document().id(), write.next()));
		return Mono.empty();
	}

}
