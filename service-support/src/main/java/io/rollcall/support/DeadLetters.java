package io.rollcall.support;

import java.util.List;
import java.util.Optional;

import io.rollcall.model.run.RunEvent;

/**
 * What could not be processed, kept until a person redrives or discards it, at most 14
 * days. Every method waits for the database, and throws when it does not answer.
 */
public interface DeadLetters {

	/**
	 * Keeps a letter, and tells {@link Notices} of it where its connection is known; the
	 * same one is kept once. When this fails, nothing may be passed over.
	 */
	void save(DeadLetter letter);

	/** The newest first. */
	List<DeadLetter> newest(int limit);

	/** How many wait. */
	long count();

	/**
	 * Does what it asks for once more and takes it out: what the {@link Redrive} of the
	 * service says, else the record is published again where it was, as it was. Asked
	 * twice at once it is done twice, which does no harm.
	 * @return empty where there is no such letter
	 */
	Optional<DeadLetter> redrive(String id);

	/** Takes a letter out on a person's word; empty where there is none. */
	Optional<DeadLetter> discard(String id);

	/** Tells people of dead letters. */
	@FunctionalInterface
	interface Notices {

		/**
		 * Publishes what became of a connection's letters, and throws when that fails;
		 * told at least once.
		 * @param id what the event is deduped by
		 */
		void publish(String id, RunEvent event);

	}

	/**
	 * How a service does again what a letter asks for, where publishing the record again
	 * would be wrong: a cell's object is read again, a command is sent again. As many
	 * beans as a service needs.
	 */
	@FunctionalInterface
	interface Redrive {

		/**
		 * Does it, durably, and throws where it cannot be done now.
		 * @return false for a letter of another kind, which is left to the next one
		 */
		boolean redrive(DeadLetter letter);

	}

}
