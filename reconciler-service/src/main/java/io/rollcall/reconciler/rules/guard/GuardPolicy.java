package io.rollcall.reconciler.rules.guard;

import io.rollcall.model.run.RunEvent.GuardedKind;
import io.rollcall.reconciler.rules.Rules;

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
	public static Verdict judge(GuardedKind kind, long staged, long released, long total, Rules.Limit limit) {
		long before = total + released;
		long allowed = allowed(before, limit);
		if (staged + released <= allowed) {
			return new Verdict.Through();
		}
		return new Verdict.Held(
				("%d %s would go (%d more went in the last 24 hours): more than %d, the larger of %d and "
						+ "%d %% of %d")
					.formatted(staged, noun(kind), released, allowed, limit.absolute(), limit.percent(), before));
	}

	/**
	 * How many of a total may go: the larger of a number and a share of all, so that a
	 * small tenant is not held for one person and a large one not let go of thousands.
	 */
	public static long allowed(long total, Rules.Limit limit) {
		return Math.max(limit.absolute(), total * limit.percent() / 100);
	}

	/** The limit of a kind. */
	public static Rules.Limit limit(Rules.Guard guard, GuardedKind kind) {
		return switch (kind) {
			case ACCOUNTS -> guard.accounts();
			case MEMBERSHIPS -> guard.memberships();
			case TEAMS -> guard.teams();
		};
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
