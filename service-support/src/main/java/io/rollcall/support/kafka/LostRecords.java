package io.rollcall.support.kafka;

import java.time.Instant;

/**
 * Records of a partition that were deleted before a group had read them.
 *
 * @param from the first offset that the group has not read
 * @param to the first offset that is still there; not behind {@code from} where the topic
 * was made anew
 * @param noticedAt when that was noticed
 */
public record LostRecords(String group, String topic, int partition, long from, long to, Instant noticedAt) {

	@Override
	public String toString() {
		return "%s-%d from offset %d up to %d".formatted(this.topic, this.partition, this.from, this.to);
	}

}
