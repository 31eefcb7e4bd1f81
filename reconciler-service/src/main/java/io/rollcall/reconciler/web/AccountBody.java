package io.rollcall.reconciler.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * An account, as people look at it.
 *
 * @param connection of the directory user it belongs to, if it belongs to one
 * @param held why something about it waits
 * @param leaving why its directory user has no place here, while it waits, stays all the
 * same, or was removed by a person
 * @param leavingState what becomes of it then
 * @param leavingTeams the teams that it is to leave, while that waits for the guard
 * @param newEmail the address that it is to get, while that waits for the guard
 */
record AccountBody(OrganizationId organization, AccountId id, State.Status status, String name, @Nullable String email,
		Map<String, String> fields, @Nullable ConnectionId connection, @Nullable ObjectId object,
		List<Account.Member> teams, @Nullable Reason held, @Nullable Reason leaving,
		Account.Leaving.@Nullable State leavingState, List<TeamId> leavingTeams, @Nullable String newEmail,
		long version, Instant updatedAt) {

	static AccountBody of(StoredAccount stored) {
		Account account = stored.account();
		ObjectKey object = account.object();
		Account.Staged staged = account.staged();
		Account.Leaving leaving = staged.leaving();
		return new AccountBody(account.organization(), account.id(), account.status(), account.name(),
				account.fields().get(Account.EMAIL), account.fields(), (object != null) ? object.connection() : null,
				(object != null) ? object.object() : null, account.memberships(), account.held(),
				(leaving != null) ? leaving.reason() : null, (leaving != null) ? leaving.state() : null,
				staged.removals().stream().map(Account.Removal::team).toList(),
				(staged.address() != null) ? staged.address().email() : null, account.version(), stored.writtenAt());
	}

}
