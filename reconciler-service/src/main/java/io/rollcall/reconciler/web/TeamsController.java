package io.rollcall.reconciler.web;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.reconciler.flow.view.AccountView;
import io.rollcall.reconciler.flow.view.AccountViews;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.flow.view.TeamView;
import io.rollcall.reconciler.flow.view.TeamViews;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An organization's teams and their members. */
@RestController
@RequestMapping("/api/organizations/{organization}/teams")
class TeamsController {

	private final TeamViews teams;

	private final AccountViews accounts;

	TeamsController(TeamViews teams, AccountViews accounts) {
		this.teams = teams;
		this.accounts = accounts;
	}

	@GetMapping
	Mono<Page<TeamView>> list(@PathVariable String organization, @RequestParam @Nullable String q,
			@RequestParam @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
		return this.teams.list(Ids.of(OrganizationId::new, organization), q, cursor, Problems.limit(limit));
	}

	@GetMapping("/{team}")
	Mono<TeamView> find(@PathVariable String organization, @PathVariable String team) {
		return this.teams.find(Ids.of(OrganizationId::new, organization), Ids.of(TeamId::new, team))
			.switchIfEmpty(Mono
				.error(() -> Problems.notFound("organization '%s' has no team '%s'".formatted(organization, team))));
	}

	@GetMapping("/{team}/members")
	Mono<Page<AccountView>> members(@PathVariable String organization, @PathVariable String team,
			@RequestParam @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
		return this.accounts.members(Ids.of(OrganizationId::new, organization), Ids.of(TeamId::new, team), cursor,
				Problems.limit(limit));
	}

}
