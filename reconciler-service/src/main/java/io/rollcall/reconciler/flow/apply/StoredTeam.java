package io.rollcall.reconciler.flow.apply;

import java.time.Instant;

import io.rollcall.reconciler.rules.Team;
import org.jspecify.annotations.Nullable;

/**
 * A team as it is stored.
 *
 * @param pending what the last write has to tell; it goes with the next
 */
public record StoredTeam(Team team, @Nullable Pending pending, Instant writtenAt) {
}
