package io.rollcall.reconciler.flow.view;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A team, as people look at it.
 *
 * @param members how many active accounts belong to it
 * @param archiving whether it is about to be archived, while that waits for the guard
 */
public record TeamView(String organization, String id, String name, String status, @Nullable String connection,
		@Nullable String group, long members, boolean archiving, long version, Instant updatedAt) {
}
