package io.rollcall.support;

import java.util.List;
import java.util.Optional;

/**
 * What could not be processed, kept until a person redrives or discards it, at most 14
 * days. Every method waits for the database, and throws when it does not answer.
 */
public interface DeadLetters {

	/**
	 * Keeps a letter, and tells {@link DeadLetterNotices} of it where its connection is
	 * known; the same one is kept once. When this fails, nothing may be passed over.
	 */
	void save(DeadLetter letter);

	/** The newest first. */
	List<DeadLetter> newest(int limit);

	/** How many wait. */
	long count();

	/**
	 * Does what it asks for once more and takes it out: what the
	 * {@link DeadLetterRedrive} of the service says, else the record is published again
	 * where it was, as it was. Asked twice at once it is done twice, which does no harm.
	 * @return empty where there is no such letter
	 */
	Optional<DeadLetter> redrive(String id);

	/** Takes a letter out on a person's word; empty where there is none. */
	Optional<DeadLetter> discard(String id);

}
