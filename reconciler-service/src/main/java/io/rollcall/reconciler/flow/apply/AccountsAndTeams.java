package io.rollcall.reconciler.flow.apply;

import java.util.List;

/** Where accounts and teams are written. */
public interface AccountsAndTeams {

	/**
	 * Stores new ones, and those that were not written since they were read: accounts in
	 * one go, then teams in another.
	 * @throws WrittenByOthers when one was, or when an account has the address of one
	 * already; others may be stored
	 */
	void write(List<StoredAccount> accounts, List<StoredTeam> teams);

}
