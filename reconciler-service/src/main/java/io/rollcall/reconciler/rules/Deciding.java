package io.rollcall.reconciler.rules;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import io.rollcall.model.Stamp;
import io.rollcall.model.TeamId;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.run.GuardedKind;
import org.jspecify.annotations.Nullable;

/**
 * One object about to be decided, with all that a decision may read.
 *
 * @param teams that whoever is in a container is in; none where nothing was observed of
 * it
 * @param leads the team of the user's own reports; null when there are none
 * @param released what may go through of its account or team
 */
public record Deciding(Rules rules, Facts facts, Function<Container, List<TeamOf>> teams, @Nullable TeamOf leads,
		Collection<StagedReleased.Entry> released) {

	/**
	 * A team by a container that somebody is in.
	 *
	 * @param facts of the container; null where every edge to it counts
	 * @param certain whether it is known that the container leads there: where it is not,
	 * nobody joins and nobody leaves
	 */
	public record TeamOf(TeamId id, String name, @Nullable Facts facts, boolean certain) {

		/** The team that a container makes. */
		public static TeamOf of(Container container, Facts facts) {
			return new TeamOf(DerivedIds.team(facts.organization(), facts.key().connection(), container), facts.name(),
					facts, true);
		}

		/** The team of a group for whoever is in a group below it. */
		public TeamOf through(Facts below, boolean isCertain) {
			return new TeamOf(this.id, this.name, below, isCertain);
		}

		/** Whether whoever an edge says to be in the container is in the team. */
		boolean counts(Stamp edge) {
			return this.facts == null || this.facts.counts(edge);
		}

	}

	public Deciding {
		released = List.copyOf(released);
	}

	boolean isReleased(String id, GuardedKind kind, @Nullable TeamId team, long revision) {
		for (StagedReleased.Entry entry : this.released) {
			if (entry.kind() == kind && entry.revision() == revision && entry.id().equals(id)
					&& (team == null || team.value().equals(entry.team()))) {
				return true;
			}
		}
		return false;
	}

}
