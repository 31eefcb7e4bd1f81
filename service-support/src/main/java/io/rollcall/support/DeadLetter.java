package io.rollcall.support;

import java.time.Instant;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.run.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A record, or one cell of a record, that could not be processed, as it was, with what is
 * wrong with it.
 *
 * @param group the consumer group that could not process it
 * @param index the cell's index in its record; null for a whole record
 * @param headers of the record, as they were, UTF-8
 * @param value of the record, or of the cell alone
 * @param organization null where the record does not say it
 * @param connection null where the record does not say it
 */
public record DeadLetter(String topic, int partition, long offset, String group, @Nullable Integer index,
		@Nullable String key, Map<String, String> headers, byte @Nullable [] value, Problem problem,
		@Nullable OrganizationId organization, @Nullable ConnectionId connection, Instant at) {

	/**
	 * {@code topic:partition:offset:group}, of a cell
	 * {@code topic:partition:offset:index}: what failed twice is one letter.
	 */
	public String id() {
		return this.topic + ":" + this.partition + ":" + this.offset + ":"
				+ ((this.index != null) ? this.index : this.group);
	}

}
