package io.rollcall.reconciler.web;

import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.apply.StoredTeam;
import io.rollcall.reconciler.flow.view.Acts;
import io.rollcall.reconciler.flow.view.Page;
import io.rollcall.reconciler.flow.view.Places;
import io.rollcall.reconciler.flow.view.Views;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Team;
import io.rollcall.reconciler.rules.mapping.Text;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An organization's teams and their members. */
@RestController
@RequestMapping("/api/organizations/{organization}/teams")
class TeamsController {

	private static final int LONGEST_NAME = 200;

	private final Views views;

	private final Acts acts;

	private final Places places;

	TeamsController(Views views, Acts acts, Places places) {
		this.views = views;
		this.acts = acts;
		this.places = places;
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

	/** Makes a team that no directory knows; where its name is taken it gets a number. */
	@PostMapping
	ResponseEntity<Body> create(@PathVariable String organization, @RequestBody Shape shape) {
		return shape(new OrganizationId(organization), new TeamId(UUID.randomUUID().toString()), name(shape.name()),
				true, new Act(shape.by()).person(), HttpStatus.CREATED);
	}

	/**
	 * Renames a team that a person made, archives it, or brings it back; what is left out
	 * stays. Whoever has a place in it loses that when it is archived.
	 */
	@PutMapping("/{team}")
	ResponseEntity<Body> shape(@PathVariable String organization, @PathVariable String team, @RequestBody Shape shape) {
		Team known = team(organization, team).team();
		String by = new Act(shape.by()).person();
		if (known.source() != null) {
			throw Problems.conflict("team '%s' is what the directory and the rules make of it: rename or remove its %s "
				.formatted(team, known.source().kind()) + "there, or change the rules");
		}
		boolean active = (shape.status() != null) ? shape.status() == State.Status.ACTIVE
				: known.status() == State.Status.ACTIVE;
		if (shape.status() != null && !active && shape.status() != State.Status.ARCHIVED) {
			throw Problems.invalid("\"status\" must be ACTIVE or ARCHIVED, is " + shape.status());
		}
		return shape(known.organization(), known.id(), (shape.name() != null) ? name(shape.name()) : known.base(),
				active, by, HttpStatus.OK);
	}

	private ResponseEntity<Body> shape(OrganizationId organization, TeamId team, String name, boolean active, String by,
			HttpStatus done) {
		StoredTeam stored = this.acts.shape(organization, team, name, active, by);
		URI location = URI.create("/api/organizations/%s/teams/%s".formatted(organization, team));
		return (stored != null) ? ResponseEntity.status(done).location(location).body(Body.of(stored))
				: ResponseEntity.accepted().location(location).build();
	}

	private static String name(@Nullable String given) {
		String name = (given != null) ? Text.clean(given) : "";
		if (name.isEmpty() || name.length() > LONGEST_NAME) {
			throw Problems.invalid("\"name\" must have 1 to %d characters".formatted(LONGEST_NAME));
		}
		return name;
	}

	/**
	 * Gives accounts a place in a team and a role there, whatever the directory says;
	 * whoever has a place gets the other role.
	 */
	@PostMapping("/{team}/members")
	BulkDone give(@PathVariable String organization, @PathVariable String team, @RequestBody Given given) {
		String by = new Act(given.by()).person();
		Map<AccountId, @Nullable String> roles = new LinkedHashMap<>();
		BulkDone.checked(given.members())
			.forEach((member) -> roles.put(new AccountId(RulesBody.present("members.account", member.account())),
					Role.checked(member.role())));
		return BulkDone.of(this.places.give(activeTeam(organization, team), roles, by), null);
	}

	/** Takes the places that people gave; whom the directory has in the team stays. */
	@PostMapping("/{team}/members/remove")
	BulkDone take(@PathVariable String organization, @PathVariable String team, @RequestBody Taken taken) {
		String by = new Act(taken.by()).person();
		Map<AccountId, @Nullable String> roles = new LinkedHashMap<>();
		BulkDone.checked(taken.accounts()).forEach((account) -> roles.put(new AccountId(account), null));
		return BulkDone.of(this.places.give(activeTeam(organization, team), roles, by), null);
	}

	private Team activeTeam(String organization, String team) {
		Team known = team(organization, team).team();
		if (known.status() != State.Status.ACTIVE) {
			throw Problems.conflict("team '%s' is %s: nobody has a place in it".formatted(team, known.status()));
		}
		return known;
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

	/**
	 * What a team that a person made is to be.
	 *
	 * @param status {@code ACTIVE} or {@code ARCHIVED}
	 */
	record Shape(@Nullable String name, State.@Nullable Status status, @Nullable String by) {
	}

	/** Places that a person gives. */
	record Given(@Nullable List<Member> members, @Nullable String by) {
	}

	/** One of them. */
	record Member(@Nullable String account, @Nullable String role) {
	}

	/** Accounts whose places a person takes. */
	record Taken(@Nullable List<String> accounts, @Nullable String by) {
	}

}
