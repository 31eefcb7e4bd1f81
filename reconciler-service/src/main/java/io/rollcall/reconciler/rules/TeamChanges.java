package io.rollcall.reconciler.rules;

import java.util.ArrayList;
import java.util.List;

import io.rollcall.model.TeamId;
import io.rollcall.model.change.Cause;
import io.rollcall.model.change.Change;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.model.state.State.Status;
import org.jspecify.annotations.Nullable;

/** What a group's facts make of its team. */
public final class TeamChanges {

	private TeamChanges() {
	}

	/** Whether a group counts: it lives and the rules choose it. */
	public static boolean counts(Rules rules, Facts facts) {
		return facts.kind() == ObjectKind.GROUP && facts.live() && rules.chooses(facts.key().object());
	}

	/**
	 * Whether members may have been decided by something else than what counts now. A
	 * batch that died and is cut in another way when it comes again may pass over what
	 * others have read of the group in between: its turns tell.
	 */
	public static boolean turned(boolean counts, Facts facts, @Nullable Team team) {
		if (team == null) {
			return counts || facts.turns() > 1;
		}
		return team.live() != counts || team.turns() != facts.turns();
	}

	/** What a decision about a member needs to know of the group. */
	public static Group group(Facts facts) {
		Facts.Self self = facts.self();
		String name = (self != null) ? self.attributes().text("displayName") : null;
		return new Group(facts.organization(), facts.key(),
				(name != null && !name.isBlank()) ? name.strip() : facts.key().object().value(),
				facts.kind() == ObjectKind.GROUP && facts.live());
	}

	/** The team to write, or null when nothing changes. */
	public static @Nullable Decided<Team> of(Deciding deciding, @Nullable Team team) {
		boolean counts = counts(deciding.rules(), deciding.facts());
		Group group = group(deciding.facts());
		if (team == null) {
			return counts ? created(deciding, group) : null;
		}
		Team next = counts ? kept(deciding, team, group) : leaving(deciding, team);
		if (next.equals(team)) {
			return null;
		}
		Team stored = new Team(next.organization(), next.id(), next.name(), next.status(), next.group(), next.live(),
				next.turns(), next.staged(), team.version() + 1);
		return new Decided<>(stored, changes(deciding, team, stored));
	}

	private static Decided<Team> created(Deciding deciding, Group group) {
		TeamId id = group.team();
		Team team = new Team(group.organization(), id, group.name(), Status.ACTIVE, group.key(), true,
				deciding.facts().turns(), null, 1);
		return new Decided<>(team, List.of(new Change.TeamCreated(group.organization(), id, group.name(), 1, 0,
				deciding.because("a chosen group of the directory"), deciding.now())));
	}

	private static Team kept(Deciding deciding, Team team, Group group) {
		return new Team(team.organization(), team.id(), group.name(), Status.ACTIVE, group.key(), true,
				deciding.facts().turns(), null, team.version());
	}

	private static Team leaving(Deciding deciding, Team team) {
		int turns = deciding.facts().turns();
		Staged.Archival staged = team.staged();
		if (team.status() != Status.ACTIVE) {
			return new Team(team.organization(), team.id(), team.name(), team.status(), team.group(), false, turns,
					null, team.version());
		}
		if (staged != null && deciding.released(GuardedKind.TEAMS, staged.version())) {
			return new Team(team.organization(), team.id(), team.name(), Status.ARCHIVED, team.group(), false, turns,
					null, team.version());
		}
		return new Team(team.organization(), team.id(), team.name(), team.status(), team.group(), false, turns,
				(staged != null) ? staged : new Staged.Archival(deciding.run(), deciding.now(), team.version() + 1),
				team.version());
	}

	private static List<Change> changes(Deciding deciding, Team before, Team after) {
		List<Change> changes = new ArrayList<>();
		Cause cause = deciding.because((after.status() == Status.ARCHIVED) ? "its group is gone from the directory"
				: "changed in the directory");
		if (before.status() != Status.ARCHIVED && after.status() == Status.ARCHIVED) {
			changes.add(new Change.TeamArchived(after.organization(), after.id(), after.name(), after.version(),
					changes.size(), cause, deciding.now()));
		}
		if (before.status() == Status.ARCHIVED && after.status() == Status.ACTIVE) {
			changes.add(new Change.TeamRestored(after.organization(), after.id(), after.name(), after.version(),
					changes.size(), cause, deciding.now()));
		}
		if (!before.name().equals(after.name())) {
			changes.add(new Change.TeamRenamed(after.organization(), after.id(), after.name(), before.name(),
					after.version(), changes.size(), cause, deciding.now()));
		}
		return changes;
	}

}
