package io.rollcall.model.change;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.model.event.Event;

/**
 * A decision that was applied. Its {@code ce_id} is {@code account:version:ordinal} (or
 * {@code team:…}): the version of the document that the change was stored with, and its
 * place among the changes of that version.
 */
public sealed interface Change extends Event {

	OrganizationId organization();

	long version();

	int ordinal();

	Cause cause();

	Instant at();

	/** The change's id, the same however often it is published. */
	String id();

	/** A change of one account, its memberships included. */
	sealed interface OfAccount extends Change {

		AccountId account();

		/** The account's display name after the change, for people. */
		String name();

		@Override
		default String key() {
			return organization() + ":" + account();
		}

		@Override
		default String id() {
			return account() + ":" + version() + ":" + ordinal();
		}

	}

	/** A change of one team itself. */
	sealed interface OfTeam extends Change {

		TeamId team();

		/** The team's name after the change. */
		String name();

		@Override
		default String key() {
			return organization() + ":" + team();
		}

		@Override
		default String id() {
			return team() + ":" + version() + ":" + ordinal();
		}

	}

	record AccountCreated(OrganizationId organization, AccountId account, String name, List<FieldChange> fields,
			long version, int ordinal, Cause cause, Instant at) implements OfAccount {

		public AccountCreated {
			fields = List.copyOf(fields);
		}

	}

	/** An account that existed was linked to a directory user. */
	record AccountLinked(OrganizationId organization, AccountId account, String name, String matchedBy, long version,
			int ordinal, Cause cause, Instant at) implements OfAccount {
	}

	record AccountUpdated(OrganizationId organization, AccountId account, String name, List<FieldChange> fields,
			long version, int ordinal, Cause cause, Instant at) implements OfAccount {

		public AccountUpdated {
			fields = List.copyOf(fields);
		}

	}

	record AccountDeactivated(OrganizationId organization, AccountId account, String name, LeaverReason reason,
			long version, int ordinal, Cause cause, Instant at) implements OfAccount {
	}

	record AccountReactivated(OrganizationId organization, AccountId account, String name, long version, int ordinal,
			Cause cause, Instant at) implements OfAccount {
	}

	/** A decision about the account waits; nothing else about it changed. */
	record AccountHeld(OrganizationId organization, AccountId account, String name, HeldReason reason, String detail,
			long version, int ordinal, Cause cause, Instant at) implements OfAccount {
	}

	/** What was held no longer is. */
	record AccountReleased(OrganizationId organization, AccountId account, String name, HeldReason reason, long version,
			int ordinal, Cause cause, Instant at) implements OfAccount {
	}

	record MemberAdded(OrganizationId organization, AccountId account, String name, TeamId team, String teamName,
			String role, long version, int ordinal, Cause cause, Instant at) implements OfAccount {
	}

	record MemberRemoved(OrganizationId organization, AccountId account, String name, TeamId team, String teamName,
			long version, int ordinal, Cause cause, Instant at) implements OfAccount {
	}

	record TeamCreated(OrganizationId organization, TeamId team, String name, long version, int ordinal, Cause cause,
			Instant at) implements OfTeam {
	}

	record TeamRenamed(OrganizationId organization, TeamId team, String name, String from, long version, int ordinal,
			Cause cause, Instant at) implements OfTeam {
	}

	record TeamArchived(OrganizationId organization, TeamId team, String name, long version, int ordinal, Cause cause,
			Instant at) implements OfTeam {
	}

	record TeamRestored(OrganizationId organization, TeamId team, String name, long version, int ordinal, Cause cause,
			Instant at) implements OfTeam {
	}

}
