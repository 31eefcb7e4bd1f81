package io.rollcall.connector.rules;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The delta chain of one resource.
 *
 * @param deltaLink where the next round begins; null until a FULL run has ended
 * @param selection the version of the {@code $select} that the chain was opened with
 * @param hints how many hints have ever come for it
 * @param served how many of them had come when it was last asked
 * @param hintedAt when the last hint came
 * @param askedAt when the last finished round began
 */
public record Chain(@Nullable String deltaLink, int selection, long hints, long served, @Nullable Instant hintedAt,
		@Nullable Instant askedAt) {

	public static final Chain NONE = new Chain(null, 0, 0, 0, null, null);

	public boolean isAlive() {
		return this.deltaLink != null;
	}

	public boolean isDirty() {
		return this.hints > this.served;
	}

	/** The chain after a round that began at the asked instant. */
	Chain after(String link, int version, RunInHand.Asked asked) {
		return new Chain(link, version, this.hints, Math.max(this.served, asked.hints()), this.hintedAt, asked.at());
	}

}
