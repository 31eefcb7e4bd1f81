package io.rollcall.reconciler.flow;

import java.util.Collection;
import java.util.List;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.reconciler.rules.Team;
import reactor.core.publisher.Mono;

/** The stored teams. Reads are from the primary. */
public interface Teams {

	/** Those of the teams that exist. */
	Mono<List<Stored<Team>>> byIds(OrganizationId organization, Collection<TeamId> ids);

	/**
	 * Stores teams with their pending changes, in one go.
	 * @return fails with {@link Outrun} when somebody else wrote one meanwhile
	 */
	Mono<Void> write(List<Write<Team>> teams);

}
