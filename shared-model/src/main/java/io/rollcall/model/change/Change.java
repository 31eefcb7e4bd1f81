package io.rollcall.model.change;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.event.Event;
import io.rollcall.model.state.State;
import org.jspecify.annotations.Nullable;

/**
 * One new version of an account or a team: all that it consists of. Its {@code ce_id} is
 * {@code id:version}, the same however often it is published; versions of one key are 1,
 * 2, 3, …
 */
public sealed interface Change extends Event {

	OrganizationId organization();

	long version();

	/** The account's or team's name after the change, for people. */
	String name();

	State.Status status();

	Cause cause();

	Instant at();

	/** The change's id, the same however often it is published. */
	String id();

	/**
	 * One new version of an account, its memberships included.
	 *
	 * @param what what matters most in it
	 * @param joined the teams that it is in now, or has another role in
	 * @param left the teams that it was in
	 * @param held why something about it waits now; null when nothing does
	 */
	record AccountChanged(OrganizationId organization, AccountId account, long version, What what, String name,
			State.Status status, List<FieldChange> fields, List<Membership> joined, List<Membership> left,
			@Nullable Reason held, Cause cause, Instant at) implements Change {

		@Override
		public String key() {
			return this.organization + ":" + this.account;
		}

		@Override
		public String id() {
			return this.account + ":" + this.version;
		}

		/** What matters most in a change, first the most important. */
		public enum What {

			CREATED, LINKED, DEACTIVATED, ARCHIVED, REACTIVATED, HELD, RELEASED, UPDATED, MEMBERSHIPS

		}

		/** A team with the role that an account has or had in it. */
		public record Membership(TeamId team, String name, String role) {
		}

	}

	/**
	 * One new version of a team itself; its members are on the accounts.
	 *
	 * @param from its name before, where that changed
	 */
	record TeamChanged(OrganizationId organization, TeamId team, long version, What what, String name,
			@Nullable String from, State.Status status, Cause cause, Instant at) implements Change {

		@Override
		public String key() {
			return this.organization + ":" + this.team;
		}

		@Override
		public String id() {
			return this.team + ":" + this.version;
		}

		/** What matters most in a change, first the most important. */
		public enum What {

			CREATED, ARCHIVED, RESTORED, RENAMED

		}

	}

}
