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
 * @param nameKey what no other team of the organization has; null where its name is the
 * directory's, and while it is not in use
 * @param connection null for a team made by hand, as is {@code source}
 * @param source what it is made of in the directory
 * @param staged its archival, waiting for the guard
 * @param rulesVersion the rules that decided it last
 * @param version counts its changes; never restarts
 * @param revision rises with every write; 0 before it is stored
 */
public record Team(OrganizationId organization, TeamId id, String name, @Nullable String nameKey, State.Status status,
		@Nullable ConnectionId connection, @Nullable Container source, @Nullable Archival staged, int rulesVersion,
		long version, long revision) {

	/** The same with other numbers. */
	public Team as(long nextVersion, long nextRevision) {
		return new Team(this.organization, this.id, this.name, this.nameKey, this.status, this.connection, this.source,
				this.staged, this.rulesVersion, nextVersion, nextRevision);
	}

	/** What a person called it: its name without the number. */
	public String base() {
		String key = this.nameKey;
		int number = (key != null) ? Integer.parseInt(key.substring(key.lastIndexOf('#') + 1)) : 1;
		return (number == 1) ? this.name : this.name.substring(0, this.name.lastIndexOf(' '));
	}

	/** Whether it is in use and has a name, perhaps with a number. */
	public boolean isCalled(String base) {
		return this.status == State.Status.ACTIVE && this.nameKey != null
				&& TeamName.startOf(this.nameKey).equals(TeamName.start(base));
	}

	Team with(String otherName, @Nullable String otherKey, State.Status otherStatus, @Nullable Archival otherStaged) {
		return new Team(this.organization, this.id, otherName, otherKey, otherStatus, this.connection, this.source,
				otherStaged, this.rulesVersion, this.version, this.revision);
	}

	Team decidedBy(int rules) {
		return new Team(this.organization, this.id, this.name, this.nameKey, this.status, this.connection, this.source,
				this.staged, rules, this.version, this.revision);
	}

	/**
	 * The team is to be archived.
	 *
	 * @param revision of the document that staged it
	 */
	public record Archival(Reason reason, long revision) {
	}

}
