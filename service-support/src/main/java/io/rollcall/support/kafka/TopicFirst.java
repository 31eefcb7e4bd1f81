package io.rollcall.support.kafka;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import org.aopalliance.intercept.MethodInterceptor;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.target.SingletonTargetSource;
import org.springframework.kafka.core.ConsumerPostProcessor;

/**
 * Has one of a consumer's topics go first. A poll gives what was fetched first, so a new
 * record would wait for all that was fetched of other topics before it. Behind a poll
 * that was full, as more may be fetched already, that one topic is looked at alone; the
 * poll after that is as any other, so that none starves.
 */
final class TopicFirst implements ConsumerPostProcessor<byte[], byte[]> {

	/** For an answer that is on its way: what comes later is found by the next look. */
	private static final Duration LOOK = Duration.ofMillis(5);

	private final String topic;

	private final int mostRecords;

	/**
	 * @param mostRecords of a poll
	 */
	TopicFirst(String topic, int mostRecords) {
		this.topic = topic;
		this.mostRecords = mostRecords;
	}

	@Override
	@SuppressWarnings("unchecked")
	public Consumer<byte[], byte[]> apply(Consumer<byte[], byte[]> consumer) {
		Polls polls = new Polls(consumer);
		ProxyFactory proxy = new ProxyFactory(Consumer.class, new SingletonTargetSource(consumer));
		proxy.addAdvice((MethodInterceptor) (
				call) -> call.getMethod().getName().equals("poll") && call.getArguments()[0] instanceof Duration timeout
						? polls.poll(timeout) : call.proceed());
		return (Consumer<byte[], byte[]>) proxy.getProxy(Consumer.class.getClassLoader());
	}

	private final class Polls {

		private final Consumer<byte[], byte[]> consumer;

		private boolean full;

		private Polls(Consumer<byte[], byte[]> consumer) {
			this.consumer = consumer;
		}

		private ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
			if (this.full) {
				this.full = false;
				ConsumerRecords<byte[], byte[]> first = look();
				if (!first.isEmpty()) {
					return first;
				}
			}
			ConsumerRecords<byte[], byte[]> records = this.consumer.poll(timeout);
			this.full = records.count() == TopicFirst.this.mostRecords;
			return records;
		}

		private ConsumerRecords<byte[], byte[]> look() {
			Set<TopicPartition> others = new HashSet<>(this.consumer.assignment());
			others.removeIf((partition) -> partition.topic().equals(TopicFirst.this.topic));
			others.removeAll(this.consumer.paused());
			this.consumer.pause(others);
			try {
				return this.consumer.poll(LOOK);
			}
			finally {
				// Those that are still ours.
				others.retainAll(this.consumer.assignment());
				this.consumer.resume(others);
			}
		}

	}

}
