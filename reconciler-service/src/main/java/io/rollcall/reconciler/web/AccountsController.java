package io.rollcall.reconciler.web;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.view.Acts.Done;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.flow.view.Places;
import io.rollcall.reconciler.flow.view.Views;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An organization's accounts. */
@RestController
@RequestMapping("/api/organizations/{organization}/accounts")
class AccountsController {

	private final Views views;

	private final Places places;

	AccountsController(Views views, Places places) {
		this.views = views;
		this.places = places;
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
		return AccountBody.of(account(organization, account));
	}

	/**
	 * Gives an account a role in the organization, or takes it; the last {@code OWNER}
	 * stays one.
	 */
	@PutMapping("/{account}/role")
	ResponseEntity<AccountBody> give(@PathVariable String organization, @PathVariable String account,
			@RequestBody Role asked) {
		String by = new Act(asked.by()).person();
		String role = (asked.role() != null) ? Role.checked(asked.role()) : null;
		Account known = account(organization, account).account();
		if (known.status() != State.Status.ACTIVE && role != null) {
			throw Problems
				.conflict("account '%s' is %s: only one in use gets a role".formatted(account, known.status()));
		}
		if (known.isOwner() && !Account.OWNER.equals(role)
				&& this.views.owners(known.organization()).equals(Set.of(known.id()))) {
			throw Problems
				.conflict("account '%s' is the last owner: make another account OWNER first".formatted(account));
		}
		Done done = this.places.role(known, role, by);
		StoredAccount after = account(organization, account);
		if (done.outcome() == Done.Outcome.DONE) {
			return ResponseEntity.ok(AccountBody.of(after));
		}
		return ResponseEntity.accepted()
			.location(URI.create("/api/organizations/%s/accounts/%s".formatted(organization, account)))
			.body(AccountBody.of(after));
	}

	private StoredAccount account(String organization, String account) {
		return Optional.ofNullable(this.views.account(new OrganizationId(organization), new AccountId(account)))
			.orElseThrow(
					() -> Problems.notFound("organization '%s' has no account '%s'".formatted(organization, account)));
	}

}
