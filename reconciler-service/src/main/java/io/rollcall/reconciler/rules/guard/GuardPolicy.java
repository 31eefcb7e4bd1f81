package io.rollcall.reconciler.rules.guard;

import io.rollcall.reconciler.rules.Rules;

/** Answers whether a staged set may be applied without asking a person. */
public final class GuardPolicy {

	private GuardPolicy() {
	}

	/** How many of a total may go within 24 hours. */
	public static long allowed(long total, Rules.Limit limit) {
		return Math.min(limit.ceiling(), Math.max(limit.floor(), total * limit.percent() / 100));
	}

}
