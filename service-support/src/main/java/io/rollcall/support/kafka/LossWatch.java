package io.rollcall.support.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

import io.rollcall.support.Backoff;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.aop.MethodBeforeAdvice;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.SingletonTargetSource;
import org.springframework.cloud.stream.binder.kafka.config.ClientFactoryCustomizer;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.ConsumerPostProcessor;

/**
 * Notices when a group has fallen behind what its topic keeps: on assignment, when the
 * committed offset lies before the start of the log, and of a running consumer by its
 * {@link OffsetOutOfRangeException}. A group that has committed nothing has read nothing.
 * The {@link OnLoss} of the topic is called before anything behind the loss is committed.
 *
 * <p>
 * With {@code auto.offset.reset=none} somebody must say where to begin before anybody
 * asks for a position, as containers do ahead of their rebalance listeners: so it is the
 * consumer itself whose listener is wrapped.
 */
final class LossWatch implements ConsumerPostProcessor<byte[], byte[]>, ClientFactoryCustomizer {

	private static final Logger log = LoggerFactory.getLogger(LossWatch.class);

	private static final Duration ANSWER = Duration.ofSeconds(10);

	/** A container that stops waits for the longest at most. */
	private static final Backoff PAUSE = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(2));

	private final Map<String, OnLoss> onLoss;

	private final InstantSource clock;

	/**
	 * @param onLoss by topic
	 */
	LossWatch(Map<String, OnLoss> onLoss, InstantSource clock) {
		this.onLoss = onLoss;
		this.clock = clock;
	}

	/** The binder's consumers too. */
	@Override
	@SuppressWarnings("unchecked")
	public void configure(ConsumerFactory<?, ?> consumers) {
		((ConsumerFactory<byte[], byte[]>) consumers).addPostProcessor(this);
	}

	@Override
	@SuppressWarnings("unchecked")
	public Consumer<byte[], byte[]> apply(Consumer<byte[], byte[]> consumer) {
		return before(Consumer.class, consumer, "subscribe", (arguments) -> {
			if (arguments.length == 2) {
				arguments[1] = before(ConsumerRebalanceListener.class, (ConsumerRebalanceListener) arguments[1],
						"onPartitionsAssigned",
						(assigned) -> begin(consumer, (Collection<TopicPartition>) assigned[0]));
			}
		});
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

	/** Says where to begin in what is assigned, however often that has to be tried. */
	private void begin(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
		for (int attempt = 1; true; attempt++) {
			try {
				seek(consumer, assigned);
				return;
			}
			catch (WakeupException | InterruptException ex) {
				throw ex;
			}
			catch (RuntimeException ex) {
				Attempts.failed(attempt, "Beginning with " + assigned, ex);
			}
			try {
				Thread.sleep(PAUSE.after(attempt, 1));
			}
			catch (InterruptedException ex) {
				throw new InterruptException(ex);
			}
		}
	}

	private void seek(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
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
		String group = consumer.groupMetadata().groupId();
		LostRecords lost = new LostRecords(group, partition.topic(), partition.partition(), from, start,
				this.clock.instant());
		log.error("Records of {} were deleted before group {} had read them", lost, group);
		OnLoss reaction = this.onLoss.get(partition.topic());
		if (reaction != null) {
			reaction.makeUp().accept(lost);
		}
		consumer.commitSync(Map.of(partition, new OffsetAndMetadata(start)), ANSWER);
		log.info("Group {} goes on behind the lost records of {}", group, lost);
	}

	/** The same, but for what is done first where a method of it is called. */
	private static <T> T before(Class<T> type, T target, String called, java.util.function.Consumer<Object[]> first) {
		ProxyFactory proxy = new ProxyFactory(type, new SingletonTargetSource(target));
		proxy.addAdvice((MethodBeforeAdvice) (method, arguments, of) -> {
			if (method.getName().equals(called)) {
				first.accept(arguments);
			}
		});
		return type.cast(proxy.getProxy(type.getClassLoader()));
	}

}
