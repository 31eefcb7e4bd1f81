package io.rollcall.reconciler.flow.view;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.apply.StoredTeam;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Containers;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Team;
import org.jspecify.annotations.Nullable;

/** Facts, accounts and teams, for looking at. */
public interface Views {

	/** Null when nothing was ever read of it. */
	@Nullable Facts facts(ObjectKey object);

	/** What decisions read of a connection's containers, read when it is asked for. */
	Containers containers(ConnectionId connection);

	/** Of each of which something was read. */
	List<Facts> facts(Collection<ObjectKey> objects);

	/** The account of a directory user, or the one that it waits for. */
	@Nullable StoredAccount accountOf(OrganizationId organization, ObjectKey object);

	@Nullable StoredAccount account(OrganizationId organization, AccountId account);

	List<StoredAccount> accounts(OrganizationId organization, Collection<AccountId> accounts);

	/** The accounts that have some addresses, by their keys. */
	List<StoredAccount> holders(OrganizationId organization, Collection<String> emailKeys);

	/**
	 * The accounts of directory users, and those that they wait for; of one user perhaps
	 * both.
	 */
	List<StoredAccount> accountsOf(OrganizationId organization, Collection<ObjectKey> objects);

	/** Those that match, by their ids. */
	Page<StoredAccount> accounts(OrganizationId organization, Query query, @Nullable String cursor, int limit);

	/** The owners of an organization who are in use. */
	Set<AccountId> owners(OrganizationId organization);

	@Nullable StoredTeam team(OrganizationId organization, TeamId team);

	/** Those with a word in their name that begins so, by their ids. */
	Page<StoredTeam> teams(OrganizationId organization, @Nullable String text, @Nullable String cursor, int limit);

	/** Whoever is in a team: first who is in it in the directory, then by hand. */
	Page<StoredAccount> members(Team team, @Nullable String cursor, int limit);

	/**
	 * What to look for; null does not matter. Who waits is only found by asking for it.
	 *
	 * @param email the whole address
	 * @param text the beginning of a word of the name, or of the address
	 * @param held of which something waits
	 * @param left of whom the directory user has left
	 */
	record Query(@Nullable String email, State.@Nullable Status status, @Nullable String text, @Nullable Held held,
			@Nullable Left left) {
	}

	/** Accounts of which something waits; null does not matter. */
	record Held(@Nullable ConnectionId connection, Reason.@Nullable Code reason) {
	}

	/**
	 * Accounts whose directory users have left; null does not matter.
	 *
	 * @param state what becomes of them
	 */
	record Left(Account.Leaving.State state, @Nullable ConnectionId connection, Reason.@Nullable Code reason) {
	}

}
