package io.rollcall.reconciler.kafka;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.model.change.Change;
import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.history.Histories;
import io.rollcall.support.kafka.ListenerContainers;
import io.rollcall.support.kafka.Received;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
	public void onMessage(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Consumer<?, ?> consumer) {
		Received.deal(Received.all(records), (record) -> !isFirstOfRun(record), Change.class,
				(changes) -> this.histories.add(changes.stream().map(Received.Good::event).toList()));
		Objects.requireNonNull(consumer).commitSync();
	}

	private static boolean isFirstOfRun(Received record) {
		String id = record.header("ce_id");
		return record.run() != null && id != null && id.endsWith(FIRST_VERSION);
	}

}
