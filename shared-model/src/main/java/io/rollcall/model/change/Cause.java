package io.rollcall.model.change;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Why something changed.
 *
 * @param run the run whose observation led to it, if one did
 * @param reason the rules' reason, in words a person understands
 * @param rulesVersion the version of the rules that decided
 * @param by the person who asked for it, if one did
 */
public record Cause(ConnectionId connection, @Nullable RunId run, String reason, int rulesVersion,
		@Nullable String by) {
}
