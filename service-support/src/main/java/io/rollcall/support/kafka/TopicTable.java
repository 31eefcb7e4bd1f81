package io.rollcall.support.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.rollcall.model.event.Topics;
import org.apache.kafka.clients.admin.NewTopic;

/** Every topic with what is kept in it; retention as the erasure promise allows. */
final class TopicTable {

	private static final Map<String, String> HINTS = kept(Duration.ofDays(7));

	private static final Map<String, String> KEPT = kept(Duration.ofDays(14));

	private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact", "max.compaction.lag.ms",
			millis(Duration.ofDays(7)), "delete.retention.ms", millis(Duration.ofDays(7)));

	private TopicTable() {
	}

	/**
	 * For the brokers to create.
	 * @param replicas what the cluster decides if not positive
	 */
	static List<NewTopic> topics(short replicas) {
		return Stream
			.of(Map.entry(Topics.HINTS, HINTS), Map.entry(Topics.OBSERVATIONS, KEPT), Map.entry(Topics.SNAPSHOTS, KEPT),
					Map.entry(Topics.CHANGES, KEPT), Map.entry(Topics.ACCOUNTS, COMPACTED),
					Map.entry(Topics.TEAMS, COMPACTED), Map.entry(Topics.RULES, COMPACTED),
					Map.entry(Topics.PROGRESS, KEPT), Map.entry(Topics.RUNS, KEPT), Map.entry(Topics.ALERTS, KEPT))
			.map((topic) -> new NewTopic(topic.getKey(), Optional.of(Topics.PARTITIONS),
					(replicas > 0) ? Optional.of(replicas) : Optional.empty())
				.configs(topic.getValue()))
			.toList();
	}

	private static Map<String, String> kept(Duration retention) {
		return Map.of("cleanup.policy", "delete", "retention.ms", millis(retention));
	}

	private static String millis(Duration duration) {
		return Long.toString(duration.toMillis());
	}

}
