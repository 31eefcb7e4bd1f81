package io.rollcall.support.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

import io.rollcall.model.run.Problem;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.cloud.stream.config.ListenerContainerCustomizer;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.backoff.FixedBackOff;

/**
 * What every container gets, of the binder or made by hand: failures that are tried again
 * for ever, and bad records that are set aside.
 */
final class ContainerCare implements ListenerContainerCustomizer<AbstractMessageListenerContainer<?, ?>> {

	private static final Logger log = LoggerFactory.getLogger(ContainerCare.class);

	/** A container whose login is refused would stop for ever. */
	private static final Duration REFUSED = Duration.ofSeconds(10);

	private final DeadLetters letters;

	private final FailingPartitions partitions;

	private final LossWatch losses;

	private final InstantSource clock;

	ContainerCare(DeadLetters letters, FailingPartitions partitions, LossWatch losses, InstantSource clock) {
		this.letters = letters;
		this.partitions = partitions;
		this.losses = losses;
		this.clock = clock;
	}

	/** For a function of the binder, which would log and skip a batch that fails. */
	@Override
	public void configure(AbstractMessageListenerContainer<?, ?> container, String topic, String group) {
		// An offset before a transaction's marker would look like a loss when the marker
		// is deleted.
		container.getContainerProperties().setFixTxOffsets(true);
		care(container, group, false);
	}

	/** For a listener that commits what it has done by itself. */
	void commitsItself(AbstractMessageListenerContainer<?, ?> container, String group) {
		care(container, group, true);
	}

	/**
	 * For a listener that nothing depends on: what fails is passed over, and the poll
	 * that fails is tried again after a pause.
	 */
	void passesOver(AbstractMessageListenerContainer<?, ?> container) {
		container.getContainerProperties().setAuthExceptionRetryInterval(REFUSED);
		container.setCommonErrorHandler(new DefaultErrorHandler(new FixedBackOff(0, 0)) {

			@Override
			public void handleOtherException(Exception failure, Consumer<?, ?> consumer,
					MessageListenerContainer container, boolean batchListener) {
				Attempts.failedOutsideTheListener(failure, container);
			}

		});
	}

	private void care(AbstractMessageListenerContainer<?, ?> container, String group, boolean commitsItself) {
		container.getContainerProperties().setSyncCommits(true);
		container.getContainerProperties().setAuthExceptionRetryInterval(REFUSED);
		container.setCommonErrorHandler(new BatchFailures(group, commitsItself));
		this.partitions.watch(container);
	}

	/**
	 * A {@link BadRecordException} sets its record aside and the batch goes on behind it;
	 * anything else has the batch polled again after a pause, for ever. It is polled
	 * again and not called again as it was: only so may a later attempt find a bad record
	 * in it, and a partition that went to another consumer meanwhile is left alone.
	 */
	private final class BatchFailures extends DefaultErrorHandler {

		private final String group;

		private final boolean commitsItself;

		BatchFailures(String group, boolean commitsItself) {
			// What is to be set aside was, before it comes here: if that fails, the batch
			// comes again.
			super((record, failure) -> {
			}, Attempts.backOff());
			this.group = group;
			this.commitsItself = commitsItself;
			// In place of the defaults, which pass over a batch at a ClassCastException.
			setClassifications(Map.of(BadRecordException.class, false), true);
			setLogLevel(KafkaException.Level.DEBUG);
		}

		@Override
		public void handleBatch(Exception failure, ConsumerRecords<?, ?> records, Consumer<?, ?> consumer,
				MessageListenerContainer container, Runnable invokeListener) {
			try {
				super.handleBatch(setAsideOrAgain(failure, records, consumer), records, consumer, container,
						invokeListener);
			}
			finally {
				if (this.commitsItself) {
					seekToCommitted(records.partitions(), consumer);
				}
			}
		}

		@Override
		public void handleOtherException(Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container,
				boolean batchListener) {
			Exception last = failure;
			if (failure instanceof OffsetOutOfRangeException outOfRange) {
				try {
					ContainerCare.this.losses.outOfRange(consumer, outOfRange);
					return;
				}
				catch (RuntimeException ex) {
					last = ex;
				}
			}
			Attempts.failedOutsideTheListener(last, container);
		}

		/**
		 * What Spring Kafka does the rest by: a bad record, or the first of the batch.
		 */
		private Exception setAsideOrAgain(Exception failure, ConsumerRecords<?, ?> records, Consumer<?, ?> consumer) {
			BadRecordException bad = badRecord(failure);
			Throwable cause = failure;
			if (bad != null) {
				try {
					setAside(
							StreamSupport.stream(records.spliterator(), false)
								.skip(bad.getIndex())
								.findFirst()
								.orElseThrow(
										() -> new IllegalStateException("There is no record %d in a batch of %d: %s"
											.formatted(bad.getIndex(), records.count(), bad.problem()))),
							bad.problem());
					return bad;
				}
				catch (RuntimeException ex) {
					cause = ex;
				}
			}
			FailingPartitions.Failing failing = ContainerCare.this.partitions.failed(this.group, records, consumer,
					NestedExceptionUtils.getMostSpecificCause(cause).toString());
			Attempts.failed(failing.attempts(), "A batch of %d records of %s in group %s".formatted(records.count(),
					records.partitions(), this.group), cause);
			if (ContainerCare.this.partitions.isStuck(failing)) {
				log.error(
						"{}-{} of group {} is stuck at offset {} since {}. Nothing behind it is applied until this is "
								+ "repaired",
						failing.topic(), failing.partition(), this.group, failing.offset(), failing.stuckSince());
			}
			return new BatchListenerFailedException("Polled again", cause, 0);
		}

		/** Into the database, for a person to redrive or discard. */
		@SuppressWarnings("unchecked")
		private void setAside(ConsumerRecord<?, ?> record, Problem problem) {
			DeadLetter letter = Received.of((ConsumerRecord<byte[], byte[]>) record)
				.letter(this.group, problem, ContainerCare.this.clock.instant());
			ContainerCare.this.letters.save(letter);
			log.error("Dead letter {} (key {}): {}. Redrive or discard it at /api/dead-letters of this service",
					letter.id(), letter.key(), letter.problem());
		}

		private static void seekToCommitted(Set<TopicPartition> polled, Consumer<?, ?> consumer) {
			Set<TopicPartition> ours = new HashSet<>(polled);
			ours.retainAll(consumer.assignment());
			consumer.committed(ours).forEach((partition, committed) -> {
				if (committed != null) {
					consumer.seek(partition, committed);
				}
			});
		}

		private static @Nullable BadRecordException badRecord(Throwable failure) {
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				if (cause instanceof BadRecordException bad) {
					return bad;
				}
			}
			return null;
		}

	}

}
