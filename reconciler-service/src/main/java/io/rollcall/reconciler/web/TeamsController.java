package io.rollcall.reconciler.web;

import java.time.Instant;
import java.util.Optional;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.apply.StoredTeam;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.flow.view.Views;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An organization's teams and their members. */
@RestController
@RequestMapping("/api/organizations/{organization}/teams")
class TeamsController {

	private final Views views;

	TeamsController(Views views) {
		this.views = views;
	}

	/**
	 * Teams by their ids.
	 * @param q the beginning of a word of the name
	 */
	@GetMapping
	Page<Body> list(@PathVariable String organization, @RequestParam @Nullable String q,
			@RequestParam @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
		return this.views.teams(new OrganizationId(organization), q, cursor, Problems.limit(limit)).map(Body::of);
	}

	@GetMapping("/{team}")
	Body find(@PathVariable String organization, @PathVariable String team) {
		return Body.of(team(organization, team));
	}

	@GetMapping("/{team}/members")
	Page<AccountBody> members(@PathVariable String organization, @PathVariable String team,
			@RequestParam @Nullable String cursor, @RequestParam(defaultValue = "100") int limit) {
		return this.views.members(team(organization, team).team(), cursor, Problems.limit(limit)).map(AccountBody::of);
	}

	private StoredTeam team(String organization, String team) {
		return Optional.ofNullable(this.views.team(new OrganizationId(organization), new TeamId(team)))
			.orElseThrow(() -> Problems.notFound("organization '%s' has no team '%s'".formatted(organization, team)));
	}

	/**
	 * A team, as people look at it.
	 *
	 * @param source what it is made of in the directory; null for a team made by hand
	 * @param archiving why it is to be archived, while that waits for the guard
	 */
	record Body(OrganizationId organization, TeamId id, String name, State.Status status,
			@Nullable ConnectionId connection, @Nullable Container source, @Nullable Reason archiving, long version,
			Instant updatedAt) {

		static Body of(StoredTeam stored) {
			Team team = stored.team();
			Team.Archival staged = team.staged();
			return new Body(team.organization(), team.id(), team.name(), team.status(), team.connection(),
					team.source(), (staged != null) ? staged.reason() : null, team.version(), stored.writtenAt());
		}

	}

}
