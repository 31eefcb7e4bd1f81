package io.rollcall.reconciler.web;

import java.util.Optional;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.flow.view.Views;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An organization's accounts. */
@RestController
@RequestMapping("/api/organizations/{organization}/accounts")
class AccountsController {

	private final Views views;

	AccountsController(Views views) {
		this.views = views;
	}

	/**
	 * Accounts by their ids.
	 * @param q the beginning of a word of the name, or of the address
	 * @param held {@code true} for those of which something waits, of a connection or for
	 * a reason where that is given
	 */
	@GetMapping
	Page<AccountBody> list(@PathVariable String organization, @RequestParam @Nullable String email,
			@RequestParam State.@Nullable Status status, @RequestParam @Nullable String q,
			@RequestParam(defaultValue = "false") boolean held, @RequestParam @Nullable String connection,
			@RequestParam Reason.@Nullable Code reason, @RequestParam @Nullable String cursor,
			@RequestParam(defaultValue = "100") int limit) {
		if (!held && (connection != null || reason != null)) {
			throw Problems.invalid("\"connection\" and \"reason\" are for those held: add held=true");
		}
		Views.Held waiting = held ? new Views.Held((connection != null) ? new ConnectionId(connection) : null, reason)
				: null;
		Views.Query query = new Views.Query(email, status, q, waiting, null);
		return this.views.accounts(new OrganizationId(organization), query, cursor, Problems.limit(limit))
			.map(AccountBody::of);
	}

	@GetMapping("/{account}")
	AccountBody find(@PathVariable String organization, @PathVariable String account) {
		return Optional.ofNullable(this.views.account(new OrganizationId(organization), new AccountId(account)))
			.map(AccountBody::of)
			.orElseThrow(
					() -> Problems.notFound("organization '%s' has no account '%s'".formatted(organization, account)));
	}

}
