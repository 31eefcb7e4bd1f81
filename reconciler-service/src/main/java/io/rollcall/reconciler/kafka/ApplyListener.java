package io.rollcall.reconciler.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.EventFormat.Reading;
import io.rollcall.model.event.EventFormat;
import io.rollcall.model.event.EventTypes;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.Problem;
import io.rollcall.reconciler.flow.apply.Applying;
import io.rollcall.reconciler.flow.apply.Batch;
import io.rollcall.reconciler.flow.apply.Origin;
import io.rollcall.support.DeadLetters;
import io.rollcall.support.kafka.EventPublisher;
import io.rollcall.support.kafka.ListenerContainers;
import io.rollcall.support.kafka.Received;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.listener.BatchConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * Reads both topics and applies what a poll brings as one batch, which it commits; what
 * is too much for a batch is polled again, so that a live reading, which is looked for
 * before each poll, waits for one batch. A bad record or cell becomes a dead letter, and
 * the others go on.
 */
public final class ApplyListener implements BatchConsumerAwareMessageListener<byte[], byte[]>,
		ConsumerAwareRebalanceListener, BatchInterceptor<byte[], byte[]> {

	private static final Logger log = LoggerFactory.getLogger(ApplyListener.class);

	/** Of a batch, as a live reading waits for one; and one more record. */
	private static final int MOST_CELLS = 1_000;

	/** Of a poll; a record of a FULL run has some ten cells. */
	private static final int MOST_RECORDS = 48;

	/** Of a partition: what is fetched together is polled in several steps. */
	private static final int PARTITION_FETCH_BYTES = 256 * 1024;

	/**
	 * Of all partitions: until an answer was taken from the socket no live reading is
	 * asked for, so it must fit what the socket takes while a batch is applied.
	 */
	private static final int FETCH_BYTES = 512 * 1024;

	/** What the operating system finds right, far more than Kafka's 64 KB. */
	private static final int RECEIVE_BYTES = -1;

	/**
	 * How long a fetch may wait for records: one of live readings alone, when nothing of
	 * them is there, holds up the next one of snapshots.
	 */
	private static final int FETCH_WAIT_MILLIS = 100;

	private final GroupOffsets offsets;

	private final RestoreWatch restores;

	private final DeadLetters letters;

	private final InstantSource clock;

	/** Each consumer has a thread of its own. */
	private final ThreadLocal<OfConsumer> consumers;

	private Duration freshFor = Duration.ZERO;

	public ApplyListener(Supplier<Applying> applying, GroupOffsets offsets, RestoreWatch restores, DeadLetters letters,
			InstantSource clock) {
		this.offsets = offsets;
		this.restores = restores;
		this.letters = letters;
		this.clock = clock;
		this.consumers = ThreadLocal.withInitial(() -> new OfConsumer(applying.get()));
	}

	/** Joins the listener to a container, which begins when the topics are there. */
	public void join(ListenerContainers containers, int concurrency, Duration sessionTimeout) {
		this.freshFor = sessionTimeout.dividedBy(2);
		ConcurrentMessageListenerContainer<byte[], byte[]> container = containers.create(GroupOffsets.GROUP,
				List.of(Topics.OBSERVATIONS, Topics.SNAPSHOTS), concurrency,
				Map.of(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName(),
						ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES,
						ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES, ConsumerConfig.RECEIVE_BUFFER_CONFIG,
						RECEIVE_BYTES, ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS,
						ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
						(int) sessionTimeout.toMillis()),
				this, this);
		container.setBatchInterceptor(this);
	}

	@Override
	public void setupThreadState(Consumer<?, ?> consumer) {
		this.consumers.get().ownedSince = System.nanoTime();
		this.restores.check();
	}

	@Override
	public ConsumerRecords<byte[], byte[]> intercept(ConsumerRecords<byte[], byte[]> records,
			Consumer<byte[], byte[]> consumer) {
		return records;
	}

	@Override
	public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
		checkPairs(consumer.assignment());
		this.offsets.assigned(consumer.committed(Set.copyOf(assigned)));
		// Looked at before anything is applied; not here, where a failure would be passed
		// over.
		this.restores.assigned();
	}

	@Override
	public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> revoked) {
		this.offsets.gone(revoked);
	}

	@Override
	public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> gone) {
		this.offsets.gone(gone);
	}

	/**
	 * The two partitions of a number are one share: all about an object has one writer.
	 */
	private static void checkPairs(Set<TopicPartition> assignment) {
		Map<String, Set<Integer>> byTopic = assignment.stream()
			.collect(Collectors.groupingBy(TopicPartition::topic,
					Collectors.mapping(TopicPartition::partition, Collectors.toSet())));
		if (!byTopic.getOrDefault(Topics.OBSERVATIONS, Set.of())
			.equals(byTopic.getOrDefault(Topics.SNAPSHOTS, Set.of()))) {
			throw new IllegalStateException("partitions of observations and snapshots were not assigned together: "
					+ byTopic + ". Every member of group " + GroupOffsets.GROUP + " must use the range assignor");
		}
	}

	@Override
	public void onMessage(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Consumer<?, ?> nullable) {
		Consumer<?, ?> consumer = Objects.requireNonNull(nullable);
		OfConsumer own = this.consumers.get();
		this.restores.check();
		List<Batch.Entry> entries = new ArrayList<>();
		Map<Origin, Received> received = new LinkedHashMap<>();
		int cells = 0;
		for (ConsumerRecord<byte[], byte[]> polled : records) {
			if (cells >= own.most) {
				break;
			}
			Received record = Received.of(polled);
			Observation observation = observation(record);
			Origin origin = new Origin(this.offsets.idOf(record.topic()), record.partition(), record.offset());
			received.put(origin, record);
			cells += (observation != null) ? sizeOf(observation) : 1;
			if (observation != null) {
				entries.add(new Batch.Entry(record.topic(), origin, observation));
			}
		}
		pollAgain(records.subList(received.size(), records.size()), consumer);
		apply(own, entries, received, consumer);
	}

	private static void pollAgain(List<ConsumerRecord<byte[], byte[]>> records, Consumer<?, ?> consumer) {
		Map<TopicPartition, Long> first = new LinkedHashMap<>();
		records.forEach(
				(record) -> first.putIfAbsent(new TopicPartition(record.topic(), record.partition()), record.offset()));
		first.forEach(consumer::seek);
	}

	private void apply(OfConsumer own, List<Batch.Entry> entries, Map<Origin, Received> received,
			Consumer<?, ?> consumer) {
		try {
			keepBadCells(entries, received);
			List<Batch.Entry> passedOver = entries.isEmpty() ? List.of()
					: own.applying.apply(new Batch(entries, () -> isFresh(own)));
			keepCommands(passedOver, received);
			Map<TopicPartition, OffsetAndMetadata> done = new LinkedHashMap<>();
			received.values()
				.forEach((record) -> done.put(new TopicPartition(record.topic(), record.partition()),
						new OffsetAndMetadata(record.offset() + 1)));
			consumer.commitSync(done);
			this.offsets.committed(done);
			own.ownedSince = System.nanoTime();
			own.most = Math.min(MOST_CELLS, own.most * 2);
		}
		catch (Batch.TooOld ex) {
			own.most = Math.max(1, own.most / 2);
			throw ex;
		}
	}

	private boolean isFresh(OfConsumer own) {
		return System.nanoTime() - own.ownedSince < this.freshFor.toNanos();
	}

	private static int sizeOf(Observation observation) {
		return switch (observation) {
			case Observation.CellsObserved observed -> observed.cells().size();
			case Observation.ObjectsUnseen unseen -> unseen.objects().size();
			case Observation.DecisionsRequested requested -> requested.objects().size();
			case Observation.StagedReleased released -> released.entries().size();
			case Observation.AccountsImported imported -> imported.accounts().size();
			case Observation.RunMarker _, Observation.IgnoreRequested _, Observation.RemovalAnswered _,
					Observation.MatchSettled _, Observation.PlaceGiven _, Observation.RoleGiven _,
					Observation.TeamShaped _ ->
				1;
		};
	}

	/** What a record says; null when it was set aside as a dead letter. */
	private @Nullable Observation observation(Received record) {
		Problem wrong;
		switch (record.read(Observation.class)) {
			case Reading.Known<Observation> it -> {
				Observation observation = it.envelope().event();
				if (isOnItsPartition(record, observation)) {
					return observation;
				}
				wrong = Problem.forPerson(Problem.Code.RECORD_MISPLACED, "type",
						EventTypes.nameOf(observation.getClass()));
			}
			case Reading.Bad<Observation>(Problem problem) -> wrong = problem;
		}
		log.error("Dead letter: record {}-{} at {}: {}", record.topic(), record.partition(), record.offset(), wrong);
		this.letters.save(record.letter(GroupOffsets.GROUP, wrong, this.clock.instant()));
		return null;
	}

	/** Elsewhere its order would not be certain. */
	private static boolean isOnItsPartition(Received record, Observation observation) {
		int partition = (observation instanceof Observation.OfPartition of) ? of.partition()
				: EventPublisher.partitionOf(observation.key());
		return partition == record.partition();
	}

	private void keepBadCells(List<Batch.Entry> entries, Map<Origin, Received> received) {
		for (Batch.Entry entry : entries) {
			if (entry.observation() instanceof Observation.CellsObserved observed) {
				for (int i = 0; i < observed.cells().size(); i++) {
					if (observed.cells().get(i) instanceof Cell.Unreadable bad) {
						keep(received.get(entry.origin()), i, bad);
					}
				}
			}
		}
	}

	private void keep(@Nullable Received record, int place, Cell.Unreadable bad) {
		if (record != null && record.value() != null) {
			byte[] cell = EventFormat.json()
				.writeValueAsBytes(EventFormat.json().readTree(record.value()).path("cells").path(place));
			log.error("Dead letter: cell {} of record {}-{} at {}: {}", bad.index(), record.topic(), record.partition(),
					record.offset(), bad.reason());
			Problem problem = Problem.forPerson(Problem.Code.RECORD_UNREADABLE, "detail", bad.reason());
			this.letters.save(record.letter(GroupOffsets.GROUP, bad.index(), cell, problem, this.clock.instant()));
		}
	}

	/** What people asked for is not lost with a connection that is set aside. */
	private void keepCommands(List<Batch.Entry> passedOver, Map<Origin, Received> received) {
		if (passedOver.isEmpty()) {
			return;
		}
		log.warn("Passed over {} records of connections that are set aside", passedOver.size());
		passedOver.forEach((entry) -> {
			Received record = received.get(entry.origin());
			if (record != null && !(entry.observation() instanceof Observation.OfPartition)) {
				this.letters.save(record.letter(GroupOffsets.GROUP,
						new Problem(Problem.Code.RECORD_PASSED_OVER, Map.of(), true), this.clock.instant()));
			}
		});
	}

	/** What belongs to one consumer. */
	private static final class OfConsumer {

		private final Applying applying;

		private int most = MOST_CELLS;

		private long ownedSince = System.nanoTime();

		private OfConsumer(Applying applying) {
			this.applying = applying;
		}

	}

}
