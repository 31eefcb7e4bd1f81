package io.rollcall.reconciler.web;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.reconciler.flow.view.AccountView;
import io.rollcall.reconciler.flow.view.AccountViews;
import io.rollcall.reconciler.flow.view.Page;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An organization's accounts. */
@RestController
@RequestMapping("/api/organizations/{organization}/accounts")
class AccountsController {

	private final AccountViews accounts;

	AccountsController(AccountViews accounts) {
		this.accounts = accounts;
	}

	@GetMapping
	Mono<Page<AccountView>> list(@PathVariable String organization, @RequestParam @Nullable String email,
			@RequestParam @Nullable String status, @RequestParam @Nullable String q,
			@RequestParam @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
		return this.accounts.list(Ids.of(OrganizationId::new, organization), new AccountViews.Query(email, status, q),
				cursor, Problems.limit(limit));
	}

	@GetMapping("/{account}")
	Mono<AccountView> find(@PathVariable String organization, @PathVariable String account) {
		return this.accounts.find(Ids.of(OrganizationId::new, organization), Ids.of(AccountId::new, account))
			.switchIfEmpty(Mono.error(
					() -> Problems.notFound("organization '%s' has no account '%s'".formatted(organization, account))));
	}

}
