package io.rollcall.reconciler.rules;

import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.rollcall.model.TeamId;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.run.GuardedKind;
import org.jspecify.annotations.Nullable;

/**
 * One object about to be decided, with all that a decision may read.
 *
 * @param containers what it is in, as far as that was observed
 * @param released what may go through of its account or team
 */
public record Deciding(Rules rules, Facts facts, Map<Container, Facts> containers,
		Collection<StagedReleased.Entry> released) {

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
