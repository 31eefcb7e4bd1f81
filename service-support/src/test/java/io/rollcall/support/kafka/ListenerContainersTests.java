package io.rollcall.support.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.rollcall.model.event.Topics;
import io.rollcall.support.DeadLetter;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** Containers that are made by hand, and whose listeners commit by themselves. */
class ListenerContainersTests {

	private final TestTopic topic = new TestTopic(2);

	private final CommittingListener listener = new CommittingListener();

	private final KeptLetters letters = new KeptLetters();

	private Duration later = Duration.ZERO;

	private final FailingPartitions failing = new FailingPartitions(() -> Instant.now().plus(this.later));

	private ListenerContainers containers = containers(TestTopic.settings());

	@AfterEach
	void stop() {
		this.containers.stop();
		this.topic.close();
	}

	@Test
	void startsWhatItMadeWhenTheTopicsAreThereAndStopsIt() {
		ConcurrentMessageListenerContainer<byte[], byte[]> container = create();
		assertThat(container.isRunning()).isFalse();
		this.containers.start();
		this.topic.send(0, "a", "b");
		await().until(() -> this.listener.applied.equals(List.of("a", "b")));
		await().until(() -> this.topic.committed(this.topic.group(), 0) == 2);
		this.containers.stop();
		assertThat(container.isRunning()).isFalse();
	}

	@Test
	void beginsAtTheFirstRecordEver() {
		this.topic.send(0, "a");
		create();
		this.containers.start();
		await().until(() -> this.listener.applied.equals(List.of("a")));
	}

	@Test
	void beginsAgainBehindWhatTheListenerCommittedInTheMiddleOfABatch() {
		this.topic.send(0, "a", "b", "c", "d");
		this.listener.failsOnceAt = "c";
		create();
		this.containers.start();
		await().until(() -> this.listener.applied.size() >= 4);
		assertThat(this.listener.applied).containsExactly("a", "b", "c", "d");
	}

	@Test
	void triesAgainWithGrowingPausesAndPassesNothingOver() {
		this.listener.failuresToCome.set(4);
		this.topic.send(0, "a");
		create();
		this.containers.start();
		await().until(() -> this.listener.applied.equals(List.of("a")));
		List<Instant> calls = this.listener.calls;
		assertThat(Duration.between(calls.get(0), calls.get(3))).isGreaterThan(Duration.ofMillis(200 + 400 + 800));
		assertThat(this.letters.letters).isEmpty();
	}

	@Test
	void saysWhatIsStuckUntilItIsPast() {
		this.listener.failuresToCome.set(Integer.MAX_VALUE);
		this.topic.send(0, "a");
		create();
		this.containers.start();
		await().until(() -> this.listener.calls.size() > 1);
		assertThat(this.failing.stuck()).isEmpty();
		this.later = Duration.ofMinutes(2);
		assertThat(this.failing.stuck()).singleElement().satisfies((stuck) -> {
			assertThat(stuck.group()).isEqualTo(this.topic.group());
			assertThat(stuck.topic()).isEqualTo(this.topic.name());
			assertThat(stuck.partition()).isZero();
			assertThat(stuck.reason()).isEqualTo("java.lang.ClassCastException: the database is away");
		});
		this.listener.failuresToCome.set(0);
		await().until(() -> this.failing.stuck().isEmpty());
		assertThat(this.listener.applied).containsExactly("a");
	}

	@Test
	void setsABadRecordAsideAndGoesOnBehindIt() {
		this.listener.bad = "bad";
		this.topic.send(0, "a", "bad", "b");
		create();
		this.containers.start();
		await().until(() -> this.listener.applied.equals(List.of("a", "b")));
		assertThat(this.letters.letters).extracting(DeadLetter::id, DeadLetter::problem)
			.containsExactly(tuple(this.topic.name() + ":0:1:" + this.topic.group(), CommittingListener.BAD));
		await().until(() -> this.topic.committed(this.topic.group(), 0) == 3);
	}

	@Test
	void passesNoBadRecordOverBeforeItsLetterIsKept() {
		this.letters.failuresToCome.set(3);
		setsABadRecordAsideAndGoesOnBehindIt();
		assertThat(this.letters.failuresToCome).hasValue(0);
	}

	@Test
	void goesOnWhenTheBatchNamesABadRecordThatIsNotThere() {
		List<Integer> sizes = new CopyOnWriteArrayList<>();
		this.containers.create(this.topic.group(), List.of(this.topic.name()), 1, Map.of(), (records, consumer) -> {
			sizes.add(records.size());
			throw new BadRecordException(7, CommittingListener.BAD);
		}, null);
		this.topic.send(0, "a");
		this.containers.start();
		await().until(() -> sizes.size() >= 3);
		assertThat(this.letters.letters).isEmpty();
		assertThat(this.topic.committed(this.topic.group(), 0)).isEqualTo(-1);
	}

	@Test
	void givesTheSamePartitionOfSeveralTopicsToOneConsumerAndTellsOfAssignments() {
		String other = this.topic.name() + ".other";
		this.topic.create(other, 2);
		Set<Set<TopicPartition>> shares = ConcurrentHashMap.newKeySet();
		this.containers.create(this.topic.group(), List.of(this.topic.name(), other), 2,
				Map.of("partition.assignment.strategy", RangeAssignor.class.getName()), this.listener,
				new ConsumerAwareRebalanceListener() {

					@Override
					public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> assigned) {
						shares.add(new HashSet<>(assigned));
					}

				});
		this.containers.start();
		await().untilAsserted(
				() -> assertThat(shares).contains(Set.of(this.topic.partition(0), new TopicPartition(other, 0)))
					.contains(Set.of(this.topic.partition(1), new TopicPartition(other, 1))));
	}

	/**
	 * All that waits of the other topic is fetched at once, and polled piece by piece.
	 */
	@Test
	void looksForTheFirstTopicBeforeItPollsMoreOfAnother() {
		String other = this.topic.name() + ".other";
		this.topic.create(other, 1);
		String[] many = IntStream.range(0, 3_000).mapToObj((i) -> "other " + i).toArray(String[]::new);
		this.topic.sendTo(other, 0, many);
		List<String> polled = new CopyOnWriteArrayList<>();
		this.containers.create(this.topic.group(), List.of(this.topic.name(), other), 1, Map.of("max.poll.records", 10),
				(records, consumer) -> {
					if (polled.isEmpty()) {
						this.topic.send(0, "first");
					}
					polled
						.addAll(records.stream().map((it) -> new String(it.value(), StandardCharsets.UTF_8)).toList());
				}, null);
		this.containers.start();
		await().until(() -> polled.size() > many.length);
		assertThat(polled.indexOf("first")).isBetween(1, many.length / 2);
		polled.remove("first");
		assertThat(polled).containsExactly(many);
	}

	@Test
	void readsTheEndOfATopicWithoutAGroupAndPassesOverWhatFails() {
		String tailed = this.topic.name() + ".tailed";
		this.topic.create(tailed, Topics.PARTITIONS);
		List<String> seen = new CopyOnWriteArrayList<>();
		this.topic.sendTo(tailed, 3, "before");
		this.containers.tail("tail", tailed, (records) -> records.forEach((record) -> {
			String value = new String(record.value(), StandardCharsets.UTF_8);
			if (value.equals("bad")) {
				throw new IllegalStateException("nobody can show this");
			}
			seen.add(value);
		}));
		this.containers.start();
		await().until(() -> {
			this.topic.sendTo(tailed, 3, "bad");
			IntStream.range(0, Topics.PARTITIONS).forEach((partition) -> this.topic.sendTo(tailed, partition, "a"));
			return new HashSet<>(seen).equals(Set.of("a"));
		});
	}

	@Test
	void pausesLongerWhenEvenThePollFailsAndStopsWhenItIsInterrupted() {
		Unreadable.polls.clear();
		this.containers = containers(TestTopic.settings(Map.of("unreadable", "yes")));
		ConcurrentMessageListenerContainer<byte[], byte[]> container = this.containers.create(this.topic.group(),
				List.of(this.topic.name()), 1, Map.of("value.deserializer", Unreadable.class), this.listener, null);
		this.topic.send(0, "a");
		this.containers.start();
		await().until(() -> Unreadable.polls.size() >= 3);
		assertThat(Duration.between(Unreadable.polls.get(0), Unreadable.polls.get(2)))
			.isGreaterThan(Duration.ofMillis(200 + 400 + 700));
		Unreadable.thread.get().interrupt();
		await().until(() -> !container.isRunning());
	}

	private ConcurrentMessageListenerContainer<byte[], byte[]> create() {
		return this.containers.create(this.topic.group(), List.of(this.topic.name()), 1, Map.of(), this.listener, null);
	}

	private ListenerContainers containers(KafkaSettings settings) {
		LossWatch losses = new LossWatch(Map.of(), InstantSource.system());
		return new ListenerContainers(settings,
				new ContainerCare(this.letters, this.failing, losses, InstantSource.system()), losses);
	}

	/** Reads nothing. */
	public static final class Unreadable extends ByteArrayDeserializer {

		static final List<Instant> polls = new CopyOnWriteArrayList<>();

		static final AtomicReference<Thread> thread = new AtomicReference<>();

		@Override
		public byte[] deserialize(String topic, byte[] data) {
			throw unreadable();
		}

		@Override
		public byte[] deserialize(String topic, Headers headers, ByteBuffer data) {
			throw unreadable();
		}

		private static RuntimeException unreadable() {
			polls.add(Instant.now());
			thread.set(Thread.currentThread());
			return new IllegalStateException("nobody can read this");
		}

	}

}
