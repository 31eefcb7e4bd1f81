package io.rollcall.reconciler.flow.act;

import java.time.Duration;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** Waits a little for what a published record does. */
final class Effects {

	/** A person is kept waiting no longer. */
	private static final Duration LONGEST = Duration.ofSeconds(2);

	private static final Duration BETWEEN = Duration.ofMillis(50);

	private Effects() {
	}

	/** Looks again and again until there is something; null when that takes too long. */
	static <T> @Nullable T await(Supplier<@Nullable T> look) {
		long until = System.nanoTime() + LONGEST.toNanos();
		T found = look.get();
		while (found == null && System.nanoTime() < until) {
			try {
				Thread.sleep(BETWEEN);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return null;
			}
			found = look.get();
		}
		return found;
	}

}
