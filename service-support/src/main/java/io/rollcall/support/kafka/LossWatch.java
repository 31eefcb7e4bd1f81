package io.rollcall.support.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * Notices when a group has fallen behind what its topic keeps: on assignment, when the
 * committed offset lies before the start of the log, and of a running consumer by its
 * {@link OffsetOutOfRangeException}. A group that has committed nothing has read nothing.
 * The {@link OnLoss} of the topic is called before anything behind the loss is committed.
 */
final class LossWatch implements ConsumerAwareRebalanceListener {

	private static final Logger log = LoggerFactory.getLogger(LossWatch.class);

	private static final Duration ANSWER = Duration.ofSeconds(10);

	private final AbstractMessageListenerContainer<?, ?> container;

	private final String group;

	private final Map<String, OnLoss> onLoss;

	private final InstantSource clock;

	private final @Nullable ConsumerRebalanceListener wrapped;

	/**
	 * @param onLoss by topic
	 */
	LossWatch(AbstractMessageListenerContainer<?, ?> container, String group, Map<String, OnLoss> onLoss,
			InstantSource clock) {
		this.container = container;
		this.group = group;
		this.onLoss = onLoss;
		this.clock = clock;
		this.wrapped = container.getContainerProperties().getConsumerRebalanceListener();
		container.getContainerProperties().setConsumerRebalanceListener(this);
	}

	/** Goes on behind what a running consumer has lost. */
	void outOfRange(Consumer<?, ?> consumer, OffsetOutOfRangeException failure) {
		Map<TopicPartition, Long> positions = failure.offsetOutOfRangePartitions();
		Map<TopicPartition, Long> starts = consumer.beginningOffsets(positions.keySet(), ANSWER);
		positions.forEach((partition, position) -> {
			long start = starts.getOrDefault(partition, 0L);
			lost(consumer, partition, position, start);
			consumer.seek(partition, start);
		});
	}

	@Override
	public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
		int attempt = 0;
		while (!isChecked(consumer, assigned, ++attempt) && this.container.isRunning()) {
			Attempts.pause(attempt, this.container);
		}
		if (this.wrapped instanceof ConsumerAwareRebalanceListener aware) {
			aware.onPartitionsAssigned(consumer, assigned);
		}
		else if (this.wrapped != null) {
			this.wrapped.onPartitionsAssigned(assigned);
		}
	}

	@Override
	public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
		if (this.wrapped instanceof ConsumerAwareRebalanceListener aware) {
			aware.onPartitionsRevokedBeforeCommit(consumer, revoked);
		}
	}

	@Override
	public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
		if (this.wrapped instanceof ConsumerAwareRebalanceListener aware) {
			aware.onPartitionsRevokedAfterCommit(consumer, revoked);
		}
		else if (this.wrapped != null) {
			this.wrapped.onPartitionsRevoked(revoked);
		}
	}

	@Override
	public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> gone) {
		if (this.wrapped instanceof ConsumerAwareRebalanceListener aware) {
			aware.onPartitionsLost(consumer, gone);
		}
		else if (this.wrapped != null) {
			this.wrapped.onPartitionsLost(gone);
		}
	}

	private boolean isChecked(Consumer<?, ?> consumer, Collection<TopicPartition> assigned, int attempt) {
		try {
			check(consumer, assigned);
			return true;
		}
		catch (WakeupException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			Attempts.failed(attempt, "Beginning with %s in group %s".formatted(assigned, this.group), ex);
			return false;
		}
	}

	private void check(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
		Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(assigned), ANSWER);
		Map<TopicPartition, Long> starts = consumer.beginningOffsets(assigned, ANSWER);
		for (TopicPartition partition : assigned) {
			OffsetAndMetadata last = committed.get(partition);
			long from = (last != null) ? last.offset() : 0;
			long start = starts.getOrDefault(partition, 0L);
			if (from < start) {
				lost(consumer, partition, from, start);
			}
			consumer.seek(partition, Math.max(from, start));
		}
	}

	private void lost(Consumer<?, ?> consumer, TopicPartition partition, long from, long start) {
		LostRecords lost = new LostRecords(this.group, partition.topic(), partition.partition(), from, start,
				this.clock.instant());
		log.error("Records of {} were deleted before group {} had read them", lost, this.group);
		OnLoss reaction = this.onLoss.get(partition.topic());
		if (reaction != null) {
			reaction.lost(lost);
		}
		consumer.commitSync(Map.of(partition, new OffsetAndMetadata(start)), ANSWER);
		log.info("Group {} goes on behind the lost records of {}", this.group, lost);
	}

}
