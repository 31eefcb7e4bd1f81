package io.rollcall.support;

/**
 * How a service does again what a letter asks for, where publishing the record again
 * would be wrong: a cell's object is read again, a command is sent again. As many beans
 * as a service needs.
 */
@FunctionalInterface
public interface DeadLetterRedrive {

	/**
	 * Does it, durably, and throws where it cannot be done now.
	 * @return false for a letter of another kind, which is left to the next one
	 */
	boolean redrive(DeadLetter letter);

}
