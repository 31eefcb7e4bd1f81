package io.rollcall.embedded.mongod;

import java.nio.file.Path;

/** One way to come by a {@code mongod}. */
interface MongodSource {

	/** How a person names this way, such as "mongod on the path". */
	String name();

	Offer offer();

	/**
	 * A binding choice that does not run ends the search: who named a binary does not
	 * want another.
	 */
	default boolean isBinding() {
		return false;
	}

	/** What a source has. */
	sealed interface Offer {

		/** A binary that still has to prove that it runs. */
		record Binary(Path path) implements Offer {
		}

		/** Nothing here, and why; the next source is asked. */
		record Nothing(String why) implements Offer {
		}

	}

}
