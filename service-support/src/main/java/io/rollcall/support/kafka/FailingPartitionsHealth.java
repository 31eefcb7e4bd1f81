package io.rollcall.support.kafka;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Names the partitions that are stuck. A service with one is degraded and stays ready:
 * its other partitions go on, and another instance would be stuck there too.
 */
final class FailingPartitionsHealth extends AbstractHealthIndicator {

	private final FailingPartitions partitions;

	FailingPartitionsHealth(FailingPartitions partitions) {
		super("the failing partitions cannot be told");
		this.partitions = partitions;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		for (FailingPartitions.Failing stuck : this.partitions.stuck()) {
			Map<String, Object> detail = new LinkedHashMap<>();
			detail.put("group", stuck.place().group());
			detail.put("topic", stuck.place().partition().topic());
			detail.put("partition", stuck.place().partition().partition());
			detail.put("offset", stuck.offset());
			detail.put("stuckSince", stuck.since().toString());
			detail.put("attempts", stuck.attempts());
			detail.put("reason", stuck.reason());
			builder.status("DEGRADED").withDetail(stuck.place().group() + ":" + stuck.place().partition(), detail);
		}
	}

}
