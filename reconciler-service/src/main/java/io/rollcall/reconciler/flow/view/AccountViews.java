package io.rollcall.reconciler.flow.view;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The accounts of an organization, for looking at. */
public interface AccountViews {

	Mono<AccountView> find(OrganizationId organization, AccountId account);

	/** Those that match, by their ids. */
	Mono<Page<AccountView>> list(OrganizationId organization, Query query, @Nullable String cursor, int limit);

	/** The members of a team, by their accounts' ids. */
	Mono<Page<AccountView>> members(OrganizationId organization, TeamId team, @Nullable String cursor, int limit);

	/**
	 * What to look for; null does not matter.
	 *
	 * @param email the whole address
	 * @param text the beginning of the name or of the address
	 */
	record Query(@Nullable String email, @Nullable String status, @Nullable String text) {
	}

}
