package io.rollcall.reconciler.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.rollcall.reconciler.flow.view.Views;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * An account, as people look at it.
 *
 * @param status {@code WAITING}, {@code ACTIVE}, {@code DEACTIVATED} or {@code ARCHIVED}
 * @param connection of the directory user it belongs to, if it belongs to one
 * @param held why something about it waits
 * @param leaving why it is to be deactivated, while that waits for the guard
 * @param leavingTeams the teams that it is to leave, while that waits for the guard
 * @param newEmail the address that it is to get, while that waits for the guard
 */
record AccountBody(String organization, String id, String status, String name, @Nullable String email,
		Map<String, String> fields, @Nullable String connection, @Nullable String object, List<Place> teams,
		@Nullable ReasonBody held, @Nullable ReasonBody leaving, List<String> leavingTeams, @Nullable String newEmail,
		long version, Instant updatedAt) {

	static AccountBody of(Views.Seen<Account> seen) {
		Account account = seen.what();
		ObjectKey object = account.object();
		Account.Staged staged = account.staged();
		return new AccountBody(account.organization().value(), account.id().value(), account.status().name(),
				account.name(), account.fields().get(Account.EMAIL), account.fields(),
				(object != null) ? object.connection().value() : null,
				(object != null) ? object.object().value() : null,
				account.memberships()
					.stream()
					.map((member) -> new Place(member.team().value(), member.name(), member.role(), member.byHand()))
					.toList(),
				ReasonBody.of(account.held()),
				ReasonBody.of((staged.leaving() != null) ? staged.leaving().reason() : null),
				staged.removals().stream().map((removal) -> removal.team().value()).toList(),
				(staged.address() != null) ? staged.address().email() : null, account.version(), seen.at());
	}

	/**
	 * A team it belongs to.
	 *
	 * @param byHand whether a person put it there
	 */
	record Place(String team, String name, String role, boolean byHand) {
	}

}
