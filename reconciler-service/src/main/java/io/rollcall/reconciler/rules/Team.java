package io.rollcall.reconciler.rules;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.state.State;
import org.jspecify.annotations.Nullable;

/**
 * One of the application's own teams; its members are on the accounts.
 *
 * @param connection null for a team made by hand, as is {@code source}
 * @param source what it is made of in the directory
 * @param staged its archival, waiting for the guard
 * @param rulesVersion the rules that decided it last
 * @param version counts its changes; never restarts
 * @param revision rises with every write; 0 before it is stored
 */
public record Team(OrganizationId organization, TeamId id, String name, State.Status status,
		@Nullable ConnectionId connection, @Nullable Container source, @Nullable Archival staged, int rulesVersion,
		long version, long revision) {

	/** The same with other numbers. */
	public Team as(long nextVersion, long nextRevision) {
		return new Team(this.organization, this.id, this.name, this.status, this.connection, this.source, this.staged,
				this.rulesVersion, nextVersion, nextRevision);
	}

	/**
	 * The team is to be archived.
	 *
	 * @param revision of the document that staged it
	 */
	public record Archival(Reason reason, long revision) {
	}

}
