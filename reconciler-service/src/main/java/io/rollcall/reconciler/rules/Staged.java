package io.rollcall.reconciler.rules;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.RunId;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.LeaverReason;
import org.jspecify.annotations.Nullable;

/**
 * What is decided about an account and waits for the guard at the end of the run.
 */
public record Staged(@Nullable Leaver leaver, List<Removal> removals) {

	public static final Staged NOTHING = new Staged(null, List.of());

	public Staged {
		removals = List.copyOf(removals);
	}

	/**
	 * The account is to be deactivated.
	 *
	 * @param version the account's version that staged it: a {@link Release} names the
	 * newest version that it covers
	 */
	public record Leaver(LeaverReason reason, @Nullable RunId run, Instant stagedAt, long version) {
	}

	/** The account is to leave a team. */
	public record Removal(TeamId team, @Nullable RunId run, Instant stagedAt, long version) {
	}

	/** The team is to be archived; kept on a team. */
	public record Archival(@Nullable RunId run, Instant stagedAt, long version) {
	}

}
