package io.rollcall.reconciler.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.rollcall.model.event.EventFormat.Reading;
import io.rollcall.model.event.Topics;
import io.rollcall.model.state.State;
import io.rollcall.reconciler.flow.apply.RestoredDatabase;
import io.rollcall.support.kafka.KafkaSettings;
import io.rollcall.support.kafka.Received;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the database was restored from a backup: accounts or teams have been told
 * in a higher version than is stored, which happens in no other way. Then all connections
 * are read again, people are told, and what was told is taken back from its topics.
 */
public final class RestoreWatch {

	private static final Logger log = LoggerFactory.getLogger(RestoreWatch.class);

	private static final Duration ANSWER = Duration.ofSeconds(10);

	/** More than one of a partition, as a backup may have been made within a batch. */
	private static final int LAST = 20;

	private final KafkaSettings settings;

	private final RestoredDatabase database;

	private final LostCells connections;

	private final InstantSource clock;

	private boolean due;

	public RestoreWatch(KafkaSettings settings, RestoredDatabase database, LostCells connections, InstantSource clock) {
		this.settings = settings;
		this.database = database;
		this.connections = connections;
		this.clock = clock;
	}

	/** Others may have applied meanwhile: it looks again. */
	synchronized void assigned() {
		this.due = true;
	}

	/**
	 * Looks at what was told last, once for all consumers that were assigned. What it
	 * does first is to ask for all to be read, as afterwards nothing is noticed any more:
	 * it may be done again until it succeeds.
	 */
	synchronized void check() {
		if (this.due) {
			look();
			this.due = false;
		}
	}

	private void look() {
		if (isBehind(Topics.TEAMS) || isBehind(Topics.ACCOUNTS)) {
			log.error("The database is older than what was told: it was restored from a backup. "
					+ "Accounts and teams are taken from what was told, and every connection is read again");
			this.connections.restored(this.clock.instant());
			read(Topics.TEAMS, Long.MAX_VALUE, this.database::take);
			read(Topics.ACCOUNTS, Long.MAX_VALUE, this.database::take);
			log.info("The database has what was told");
		}
	}

	private boolean isBehind(String topic) {
		List<State> told = new ArrayList<>();
		read(topic, LAST, told::addAll);
		return this.database.lacks(told);
	}

	/**
	 * Reads the last records of each partition; in a piece, the newest state of each key.
	 */
	private void read(String topic, long last, Consumer<List<State>> then) {
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(this.settings.consumer())) {
			List<TopicPartition> partitions = IntStream.range(0, Topics.PARTITIONS)
				.mapToObj((partition) -> new TopicPartition(topic, partition))
				.toList();
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
			consumer.assign(partitions);
			consumer.beginningOffsets(partitions, ANSWER)
				.forEach((partition, start) -> consumer.seek(partition,
						Math.max(start, ends.getOrDefault(partition, start) - last)));
			while (ends.entrySet().stream().anyMatch((end) -> consumer.position(end.getKey()) < end.getValue())) {
				Map<String, State> newest = new LinkedHashMap<>();
				consumer.poll(ANSWER).forEach((record) -> {
					if (Received.of(record).read(State.class) instanceof Reading.Known<State> known) {
						State state = known.envelope().event();
						newest.merge(state.key(), state,
								(one, other) -> (one.version() > other.version()) ? one : other);
					}
				});
				then.accept(List.copyOf(newest.values()));
			}
		}
	}

}
