package io.rollcall.reconciler.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.model.change.Change;
import io.rollcall.model.event.EventFormat.Reading;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.Problem;
import io.rollcall.reconciler.flow.history.Histories;
import io.rollcall.support.kafka.BadRecordException;
import io.rollcall.support.kafka.ListenerContainers;
import io.rollcall.support.kafka.Received;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;

/**
 * Keeps the change log. A first sync costs it a look at the headers: what a run makes
 * first is passed over unread.
 */
public final class HistoryConsumer implements BatchConsumerAwareMessageListener<byte[], byte[]> {

	static final String GROUP = "rollcall-history";

	private static final String FIRST_VERSION = ":1";

	private final Histories histories;

	public HistoryConsumer(Histories histories) {
		this.histories = histories;
	}

	/** Has it read, as soon as containers are started. */
	public void join(ListenerContainers containers) {
		containers.create(GROUP, List.of(Topics.CHANGES), 1, Map.of(), this, null);
	}

	@Override
	public void onMessage(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Consumer<?, ?> nullable) {
		Consumer<?, ?> consumer = Objects.requireNonNull(nullable);
		List<Change> changes = new ArrayList<>();
		Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>();
		for (int i = 0; i < records.size(); i++) {
			Received record = Received.of(records.get(i));
			if (!isFirstOfRun(record)) {
				switch (record.read(Change.class)) {
					case Reading.Known<Change> known -> changes.add(known.envelope().event());
					case Reading.Bad<Change>(Problem problem) -> {
						keep(changes, done, consumer);
						throw new BadRecordException(i, problem);
					}
				}
			}
			done.put(new TopicPartition(record.topic(), record.partition()),
					new OffsetAndMetadata(record.offset() + 1));
		}
		keep(changes, done, consumer);
	}

	private static boolean isFirstOfRun(Received record) {
		String id = record.header("ce_id");
		return record.run() != null && id != null && id.endsWith(FIRST_VERSION);
	}

	private void keep(List<Change> changes, Map<TopicPartition, OffsetAndMetadata> done, Consumer<?, ?> consumer) {
		this.histories.add(changes);
		consumer.commitSync(done);
	}

}
