package io.rollcall.support.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.model.run.Problem;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;

/** Notes what it is given, commits each record by itself, and fails on demand. */
final class CommittingListener implements BatchConsumerAwareMessageListener<byte[], byte[]> {

	final List<String> applied = new CopyOnWriteArrayList<>();

	final List<Instant> calls = new CopyOnWriteArrayList<>();

	/** How many more calls fail at their first record. */
	final AtomicInteger failuresToCome = new AtomicInteger();

	/** The value at which the next call fails, once. */
	volatile String failsOnceAt = "";

	static final Problem BAD = Problem.forPerson(Problem.Code.RECORD_UNREADABLE, "detail", "it is bad");

	/** A value that is a bad record. */
	volatile String bad = "";

	@Override
	public void onMessage(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer) {
		this.calls.add(Instant.now());
		if (this.failuresToCome.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			throw new ClassCastException("the database is away");
		}
		Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
		for (int i = 0; i < records.size(); i++) {
			ConsumerRecord<byte[], byte[]> record = records.get(i);
			String value = new String(record.value(), StandardCharsets.UTF_8);
			if (value.equals(this.bad)) {
				throw new BadRecordException(i, BAD);
			}
			if (value.equals(this.failsOnceAt)) {
				this.failsOnceAt = "";
				throw new IllegalStateException("in the middle of a batch");
			}
			this.applied.add(value);
			done.put(new TopicPartition(record.topic(), record.partition()),
					new OffsetAndMetadata(record.offset() + 1));
			consumer.commitSync(done);
		}
	}

	@Override
	public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
		throw new UnsupportedOperationException("needs a consumer");
	}

}
