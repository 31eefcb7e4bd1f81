package io.rollcall.reconciler.flow.apply;

import java.time.Instant;

import io.rollcall.reconciler.rules.Team;
import org.jspecify.annotations.Nullable;

/**
 * A team as it is stored.
 *
 * @param command the last of people's acts that was obeyed; null where none was
 * @param pending what the last write has to tell; it goes with the next
 */
public record StoredTeam(Team team, @Nullable Origin command, @Nullable Pending pending, Instant writtenAt) {

	/** One that obeyed no act. */
	public StoredTeam(Team team, @Nullable Pending pending, Instant writtenAt) {
		this(team, null, pending, writtenAt);
	}

}
