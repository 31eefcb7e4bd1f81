package io.rollcall.connector.flow;

import java.util.List;

import io.rollcall.model.SourceId;
import io.rollcall.model.hint.Hint;

/** What asks the owner of a source to act. */
public interface Hints {

	/**
	 * Ends when Kafka has them all, and badly when that takes longer than Graph should
	 * wait for our answer.
	 */
	void publish(List<Hint> hints);

	/** The partition that hints of a source are on. */
	int partitionOf(SourceId source);

}
