package io.rollcall.simulator.tenant;

/** Random-looking numbers that depend on nothing but their inputs. */
final class Mix {

	private Mix() {
	}

	/** The finalizer of SplitMix64. */
	static long mix(long value) {
		long z = value + 0x9e3779b97f4a7c15L;
		z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
		z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
		return z ^ (z >>> 31);
	}

	static long mix(long seed, long salt, long index) {
		return mix(seed ^ mix(salt ^ mix(index)));
	}

	/** From zero, inclusive, to the bound, exclusive. */
	static int below(long random, int bound) {
		return (int) ((random >>> 33) * bound >>> 31);
	}

	/** Whether something with this chance happens. */
	static boolean happens(long random, double chance) {
		return (random >>> 11) * 0x1.0p-53 < chance;
	}

}
