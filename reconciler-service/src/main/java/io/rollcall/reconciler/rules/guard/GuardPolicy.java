package io.rollcall.reconciler.rules.guard;

import io.rollcall.model.run.RunEvent.GuardedKind;

/** Answers whether a staged set may be applied without asking a person. */
public final class GuardPolicy {

	private GuardPolicy() {
	}

	/**
	 * Judges one kind of a connection's staged items.
	 * @param staged how many are staged
	 * @param released how many the guard let through by itself in the last 24 hours
	 * @param total how many there are now, those that are staged included
	 */
	public static Verdict judge(GuardedKind kind, long staged, long released, long total, Limit limit) {
		long before = total + released;
		long allowed = limit.of(before);
		if (staged + released <= allowed) {
			return new Verdict.Through();
		}
		return new Verdict.Held(("%d %s would go (%d more went in the last 24 hours): more than %d, the larger of %d and "
				+ "%d %% of %d")
			.formatted(staged, noun(kind), released, allowed, limit.absolute(), limit.percent(), before));
	}

	private static String noun(GuardedKind kind) {
		return switch (kind) {
			case ACCOUNTS -> "accounts";
			case MEMBERSHIPS -> "memberships";
			case TEAMS -> "teams";
		};
	}

	/** What the guard says to a staged set. */
	public sealed interface Verdict {

		/** It is applied. */
		record Through() implements Verdict {
		}

		/**
		 * It waits for a person.
		 *
		 * @param limit the limit that was exceeded, in words
		 */
		record Held(String limit) implements Verdict {
		}

	}

}
