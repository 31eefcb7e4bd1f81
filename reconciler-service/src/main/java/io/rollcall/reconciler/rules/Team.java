package io.rollcall.reconciler.rules;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;
import io.rollcall.model.state.State.Status;
import org.jspecify.annotations.Nullable;

/**
 * One of the application's own teams; its members are on the accounts.
 *
 * @param group the directory group it was made for; null for a team made by hand
 * @param live whether its group counted when its members were last asked to be decided
 * @param turns the group's {@link Facts#turns()} then
 * @param staged its archival, waiting for the guard
 */
public record Team(OrganizationId organization, TeamId id, String name, Status status, @Nullable ObjectKey group,
		boolean live, int turns, Staged.@Nullable Archival staged, long version) {
}
