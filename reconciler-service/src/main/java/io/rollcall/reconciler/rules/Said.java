package io.rollcall.reconciler.rules;

import java.time.Instant;

import io.rollcall.model.AccountId;
import io.rollcall.model.directory.Observation.MatchSettled;
import org.jspecify.annotations.Nullable;

/**
 * What people said about a directory user; the last word of a kind holds.
 *
 * @param ignored whether never to sync it
 * @param answer whether its account goes, now that it has left
 * @param match which account it has
 */
public record Said(boolean ignored, @Nullable Answer answer, @Nullable Match match) {

	public static final Said NOTHING = new Said(false, null, null);

	public Said ignored(boolean now) {
		return new Said(now, this.answer, this.match);
	}

	public Said answer(Answer now) {
		return new Said(this.ignored, now, this.match);
	}

	public Said match(Match now) {
		return new Said(this.ignored, this.answer, now);
	}

	/**
	 * Whether an account goes.
	 *
	 * @param revision the account's revision that put it before a person
	 */
	public record Answer(AccountId account, long revision, boolean removed, Instant at) {
	}

	/**
	 * Which account it is to be.
	 *
	 * @param account to be linked; null where none is
	 */
	public record Match(MatchSettled.How how, @Nullable AccountId account) {
	}

}
