package io.rollcall.notifier.flow;

/** An event of a batch can never be told; those before it have been. */
public final class NoWordsException extends RuntimeException {

	private static final long serialVersionUID = 1;

	private final int index;

	NoWordsException(int index, RuntimeException cause) {
		super("it cannot be put into words: " + cause, cause);
		this.index = index;
	}

	/** Its place in the batch. */
	public int index() {
		return this.index;
	}

}
