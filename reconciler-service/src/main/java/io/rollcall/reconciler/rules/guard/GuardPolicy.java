package io.rollcall.reconciler.rules.guard;

import java.util.function.LongSupplier;

import io.rollcall.reconciler.rules.Rules.Limit;

/** Answers whether a staged set may go without asking a person. */
public final class GuardPolicy {

	private GuardPolicy() {
	}

	/**
	 * Judges the staged set of one kind.
	 * @param staged how many are in the set
	 * @param released how many the guard itself let through in the last 24 hours; what
	 * people approved and what is held does not count
	 * @param active how many the connection has now, those of the set included: asked
	 * only when the answer depends on it
	 */
	public static Verdict judge(long staged, long released, LongSupplier active, Limit limit) {
		long going = staged + released;
		if (going <= limit.floor()) {
			return new Verdict(false, 0, limit.floor());
		}
		long total = active.getAsLong() + released;
		// A share of all within bounds: a small tenant is not held for one person, and a
		// large one does not lose thousands.
		long allowed = Math.clamp(total * limit.percent() / 100, limit.floor(), limit.ceiling());
		return new Verdict(going > allowed, total, allowed);
	}

	/**
	 * What the guard says.
	 *
	 * @param held whether a person is to be asked
	 * @param total how many the connection had before any went; 0 where nobody had to
	 * count
	 * @param limit how many may go within 24 hours
	 */
	public record Verdict(boolean held, long total, long limit) {
	}

}
