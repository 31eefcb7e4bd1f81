package io.rollcall.model.change;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.Reason;
import io.rollcall.model.RunId;
import org.jspecify.annotations.Nullable;

/**
 * Why something changed.
 *
 * @param connection whose directory or rules led to it; null where a person's act alone
 * did
 * @param run the run whose records led to it, if one did: its digest tells of it
 * @param reason the rules' reason for what matters most in the change
 * @param rulesVersion the version of the rules that decided
 * @param by the person who asked for it, if one did
 */
public record Cause(@Nullable ConnectionId connection, @Nullable RunId run, Reason reason, int rulesVersion,
		@Nullable String by) {
}
