package io.rollcall.support.kafka;

import java.time.InstantSource;
import java.util.Collection;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.CompositeBatchInterceptor;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * Notices when a container's group has fallen behind what its topic keeps: a partition's
 * committed offset lies before the start of its log when it is assigned, or the log's
 * start overtakes a consumer that runs. The client would go on at the start of the log in
 * silence.
 */
final class RetentionWatch<K, V> implements ConsumerAwareRebalanceListener, BatchInterceptor<K, V> {

	/** Between two polls is when a partition that rests may go on. */
	private static final long LONGEST_POLL_MILLIS = 1_000;

	private final ConsumerRebalanceListener wrapped;

	/** Each consumer has a thread of its own. */
	private final ThreadLocal<WatchedPartitions> partitions;

	private RetentionWatch(ConsumerRebalanceListener wrapped, String group, AfterLoss afterLoss,
			FailingPartitions failing, InstantSource clock) {
		this.wrapped = wrapped;
		this.partitions = ThreadLocal.withInitial(() -> new WatchedPartitions(group, afterLoss, failing, clock));
	}

	/** Watches a container that has not been started. */
	static <K, V> void over(AbstractMessageListenerContainer<K, V> container, String group, AfterLoss afterLoss,
			FailingPartitions failing, InstantSource clock) {
		ConsumerRebalanceListener there = container.getContainerProperties().getConsumerRebalanceListener();
		RetentionWatch<K, V> watch = new RetentionWatch<>(
				(there != null) ? there : new ConsumerAwareRebalanceListener() {
				}, group, afterLoss, failing, clock);
		container.getContainerProperties().setConsumerRebalanceListener(watch);
		container.getContainerProperties().setPollTimeout(LONGEST_POLL_MILLIS);
		BatchInterceptor<K, V> interceptor = container.getBatchInterceptor();
		container
			.setBatchInterceptor((interceptor != null) ? new CompositeBatchInterceptor<>(interceptor, watch) : watch);
		// In the transaction, if there is one: only there a failure rolls the batch back.
		container.setInterceptBeforeTx(false);
	}

	@Override
	public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
		this.partitions.get().assigned(consumer, assigned);
		if (this.wrapped instanceof ConsumerAwareRebalanceListener aware) {
			aware.onPartitionsAssigned(consumer, assigned);
		}
		else {
			this.wrapped.onPartitionsAssigned(assigned);
		}
	}

	@Override
	public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
		this.partitions.get().gone(revoked);
		if (this.wrapped instanceof ConsumerAwareRebalanceListener aware) {
			aware.onPartitionsRevokedBeforeCommit(consumer, revoked);
		}
		else {
			this.wrapped.onPartitionsRevoked(revoked);
		}
	}

	@Override
	public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
		if (this.wrapped instanceof ConsumerAwareRebalanceListener aware) {
			aware.onPartitionsRevokedAfterCommit(consumer, revoked);
		}
	}

	@Override
	public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> gone) {
		this.partitions.get().gone(gone);
		if (this.wrapped instanceof ConsumerAwareRebalanceListener aware) {
			aware.onPartitionsLost(consumer, gone);
		}
		else {
			this.wrapped.onPartitionsLost(gone);
		}
	}

	@Override
	public void setupThreadState(Consumer<?, ?> consumer) {
		this.partitions.get().beforePoll(consumer);
	}

	@Override
	public ConsumerRecords<K, V> intercept(ConsumerRecords<K, V> records, Consumer<K, V> consumer) {
		this.partitions.get().check(consumer, records);
		return records;
	}

}
