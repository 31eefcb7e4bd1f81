package io.rollcall.model.state;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.event.Event;
import org.jspecify.annotations.Nullable;

/** The current state of an account or a team; the newest record of a key is the truth. */
public sealed interface State extends Event {

	OrganizationId organization();

	/**
	 * The version of the newest change that is in it; a reader that has seen a higher one
	 * ignores this record.
	 */
	long version();

	/** Whether an account or a team is in use. */
	enum Status {

		/** A directory user who is held, or available, and has no account yet. */
		WAITING, ACTIVE, DEACTIVATED, ARCHIVED

	}

	/** A team that an account belongs to, with the role it has there. */
	record Membership(TeamId team, String role) {
	}

	record AccountState(OrganizationId organization, AccountId account, long version, Status status,
			Map<String, String> fields, List<Membership> teams, @Nullable ConnectionId connection,
			@Nullable ObjectId object, Instant at) implements State {

		@Override
		public String key() {
			return organization() + ":" + account();
		}

	}

	/** A team; its members are on the accounts. */
	record TeamState(OrganizationId organization, TeamId team, long version, Status status, String name,
			@Nullable ConnectionId connection, @Nullable Source source, Instant at) implements State {

		@Override
		public String key() {
			return organization() + ":" + team();
		}

	}

	/** What a team is made of in the directory: a group, or a manager's reports. */
	record Source(ContainerKind kind, ObjectId object) {
	}

}
