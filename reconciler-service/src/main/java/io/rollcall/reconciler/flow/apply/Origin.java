package io.rollcall.reconciler.flow.apply;

/**
 * The record that something comes from: what was written with it was told once its offset
 * is committed.
 *
 * @param topic the topic's id, another one after the topic was made anew
 */
public record Origin(String topic, int partition, long offset) {

	/** Whether this comes from the same partition and not after another record. */
	boolean isUpTo(Origin other) {
		return this.topic.equals(other.topic) && this.partition == other.partition && this.offset <= other.offset;
	}

}
