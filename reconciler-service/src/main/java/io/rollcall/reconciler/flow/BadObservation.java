package io.rollcall.reconciler.flow;

import org.jspecify.annotations.Nullable;

/**
 * A record that can never be applied as things are: the same rules fail for it each time.
 * Never thrown for what may pass.
 */
public final class BadObservation extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int partition;

	private final long offset;

	BadObservation(int partition, long offset, String reason, @Nullable Throwable cause) {
		super(reason, cause);
		this.partition = partition;
		this.offset = offset;
	}

	/** Whether it is the record at this place. */
	public boolean isAt(int partition, long offset) {
		return this.partition == partition && this.offset == offset;
	}

	/** What is wrong, for the person who will redrive or discard the record. */
	public String reason() {
		return String.valueOf(getMessage());
	}

}
