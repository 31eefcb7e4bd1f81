package io.rollcall.reconciler.rules;

import io.rollcall.model.TeamId;

/**
 * An account's place in a team.
 *
 * @param teamName the team's name when the account was last written, for people
 */
public record MemberOf(TeamId team, String teamName, String role, Origin origin) {

	/** The role of a member that no person gave a role. */
	public static final String MEMBER = "MEMBER";

	/** Who put the account into the team. */
	public enum Origin {

		/** The directory; leaves when the directory says so. */
		SYNC,
		/** A person; survives every run. */
		MANUAL

	}

}
