package io.rollcall.support.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.rollcall.model.event.Topics;
import org.apache.kafka.clients.admin.NewTopic;

/** Every topic with what is kept in it; retention as the erasure promise allows. */
public final class TopicTable {

	private static final Duration HINTS_KEPT = Duration.ofDays(7);

	private static final Duration KEPT = Duration.ofDays(14);

	private static final Duration COMPACTED_WITHIN = Duration.ofDays(7);

	private TopicTable() {
	}

	/** A topic's name and its broker-side settings. */
	public record Topic(String name, Map<String, String> settings) {

		/**
		 * For the brokers to create.
		 * @param replicas what the cluster decides if not positive
		 */
		NewTopic create(short replicas) {
			return new NewTopic(this.name, Optional.of(Topics.PARTITIONS),
					(replicas > 0) ? Optional.of(replicas) : Optional.empty())
				.configs(this.settings);
		}

	}

	/** All but dead letters. */
	public static List<Topic> all() {
		return List.of(kept(Topics.HINTS, HINTS_KEPT), kept(Topics.OBSERVATIONS, KEPT), kept(Topics.SNAPSHOTS, KEPT),
				kept(Topics.CHANGES, KEPT), compacted(Topics.ACCOUNTS), compacted(Topics.TEAMS),
				compacted(Topics.RULES), kept(Topics.PROGRESS, KEPT), kept(Topics.RUNS, KEPT),
				kept(Topics.ALERTS, KEPT));
	}

	/** All topics, and a dead-letter topic for each {@code topic=group}. */
	public static List<Topic> withDeadLetters(List<String> groups) {
		List<Topic> topics = new ArrayList<>(all());
		for (String entry : groups) {
			String[] parts = entry.split("=", 2);
			if (parts.length != 2) {
				throw new IllegalArgumentException(
						"rollcall.kafka.groups entry '" + entry + "' must be written topic=group");
			}
			topics.add(kept(Topics.deadLetters(parts[0], parts[1]), KEPT));
		}
		return topics;
	}

	private static Topic kept(String name, Duration retention) {
		return new Topic(name, Map.of("cleanup.policy", "delete", "retention.ms", millis(retention)));
	}

	private static Topic compacted(String name) {
		return new Topic(name, Map.of("cleanup.policy", "compact", "max.compaction.lag.ms", millis(COMPACTED_WITHIN),
				"delete.retention.ms", millis(COMPACTED_WITHIN)));
	}

	private static String millis(Duration duration) {
		return Long.toString(duration.toMillis());
	}

}
