package io.rollcall.reconciler.rules;

import io.rollcall.model.Reason;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.state.State.Status;
import org.jspecify.annotations.Nullable;

/** What a decision makes of the team of a container. */
public final class TeamChanges {

	private TeamChanges() {
	}

	/**
	 * The container that an object is, if the rules may make a team of such; else null.
	 */
	public static @Nullable Container sourceOf(Facts facts) {
		ContainerKind kind = Container.of(facts.kind());
		return (kind == ContainerKind.GROUP) ? new Container(kind, facts.key().object()) : null;
	}

	/** Whether the rules make a team of a container. */
	public static boolean makesTeam(Rules rules, Container container) {
		return switch (container.kind()) {
			case GROUP -> rules.chooses(container.object());
			case ADMINISTRATIVE_UNIT, MANAGER -> false;
		};
	}

	/**
	 * The team of a container as it is to be, or null when nothing changes.
	 * @param team as it is; null when there is none
	 */
	public static @Nullable Team of(Deciding deciding, Container source, @Nullable Team team) {
		Facts facts = deciding.facts();
		if (!facts.wasRead()) {
			return null;
		}
		boolean counts = facts.lives() && makesTeam(deciding.rules(), source);
		if (team == null && !counts) {
			return null;
		}
		Team before = (team != null) ? team
				: new Team(facts.organization(),
						DerivedIds.team(facts.organization(), facts.key().connection(), source), facts.name(),
						Status.WAITING, facts.key().connection(), source, null, deciding.rules().version(), 0, 0);
		Team next = counts ? with(before, facts.name(), Status.ACTIVE, null, before.rulesVersion())
				: leaving(deciding, before);
		return next.equals(before) ? null
				: with(next, next.name(), next.status(), next.staged(), deciding.rules().version());
	}

	private static Team leaving(Deciding deciding, Team team) {
		Team.Archival staged = team.staged();
		if (team.status() != Status.ACTIVE) {
			return with(team, team.name(), team.status(), null, team.rulesVersion());
		}
		if (staged != null && deciding.isReleased(team.id().value(), GuardedKind.TEAMS, null, staged.revision())) {
			return with(team, team.name(), Status.ARCHIVED, null, team.rulesVersion());
		}
		return with(team, team.name(), team.status(),
				(staged != null) ? staged
						: new Team.Archival(Reason.of(Reason.Code.CONTAINER_GONE), team.revision() + 1),
				team.rulesVersion());
	}

	private static Team with(Team team, String name, Status status, Team.@Nullable Archival staged, int rulesVersion) {
		return new Team(team.organization(), team.id(), name, status, team.connection(), team.source(), staged,
				rulesVersion, team.version(), team.revision());
	}

}
