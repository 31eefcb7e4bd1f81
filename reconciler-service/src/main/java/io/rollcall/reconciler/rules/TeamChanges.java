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
		return (kind == ContainerKind.GROUP || kind == ContainerKind.MANAGER)
				? new Container(kind, facts.key().object()) : null;
	}

	/** Whether the rules make a team of a container. */
	public static boolean makesTeam(Rules rules, Container container) {
		return rules.teams().choose(container);
	}

	/**
	 * The team of a group as it is to be, or null when nothing changes.
	 * @param team as it is; null when there is none
	 */
	public static @Nullable Team ofGroup(Deciding deciding, Container source, @Nullable Team team) {
		Facts facts = deciding.facts();
		boolean counts = facts.lives() && makesTeam(deciding.rules(), source);
		return facts.wasRead() ? of(deciding, source, team, counts ? facts.name() : null, null) : null;
	}

	/**
	 * The team of a manager as it is to be, or null when nothing changes.
	 * @param name null where it has no place here
	 * @param team as it is; null when there is none
	 */
	public static @Nullable Team ofManager(Deciding deciding, Container source, @Nullable Team team,
			@Nullable TeamName name) {
		return (name != null) ? of(deciding, source, team, name.text(), name.key())
				: of(deciding, source, team, null, null);
	}

	private static @Nullable Team of(Deciding deciding, Container source, @Nullable Team team, @Nullable String name,
			@Nullable String nameKey) {
		Facts facts = deciding.facts();
		if (team == null && name == null) {
			return null;
		}
		Team before = (team != null) ? team : new Team(facts.organization(),
				DerivedIds.team(facts.organization(), facts.key().connection(), source), String.valueOf(name), nameKey,
				Status.WAITING, facts.key().connection(), source, null, deciding.rules().version(), 0, 0);
		Team next = (name != null) ? before.with(name, nameKey, Status.ACTIVE, null) : leaving(deciding, before);
		return next.equals(before) ? null : next.decidedBy(deciding.rules().version());
	}

	private static Team leaving(Deciding deciding, Team team) {
		Team.Archival staged = team.staged();
		if (team.status() != Status.ACTIVE) {
			return team.with(team.name(), null, team.status(), null);
		}
		if (staged != null && deciding.isReleased(team.id().value(), GuardedKind.TEAMS, null, staged.revision())) {
			return team.with(team.name(), null, Status.ARCHIVED, null);
		}
		return team.with(team.name(), team.nameKey(), team.status(), (staged != null) ? staged
				: new Team.Archival(Reason.of(Reason.Code.CONTAINER_GONE), team.revision() + 1));
	}

}
