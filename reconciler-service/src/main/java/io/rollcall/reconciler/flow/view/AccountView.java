package io.rollcall.reconciler.flow.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * An account, as people look at it.
 *
 * @param status {@code ACTIVE}, {@code DEACTIVATED}, {@code ARCHIVED}, or {@code WAITING}
 * while its first decision is held
 * @param connection of the directory user it belongs to, if it belongs to one
 * @param leaving why it is about to be deactivated, while that waits for the guard
 * @param leavingTeams how many teams it is about to leave, while that waits for the guard
 */
public record AccountView(String organization, String id, String status, String name, @Nullable String email,
		Map<String, String> fields, @Nullable String connection, @Nullable String object, List<Place> teams,
		@Nullable Hold held, @Nullable String leaving, int leavingTeams, long version, Instant updatedAt) {

	/** A team it belongs to. */
	public record Place(String team, String name, String role, String origin) {
	}

	/** A decision about it that waits. */
	public record Hold(String reason, String detail) {
	}

}
