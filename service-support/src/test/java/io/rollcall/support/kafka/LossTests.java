package io.rollcall.support.kafka;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.rollcall.support.Logged;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** A group that comes back when its topic no longer has what it has not read. */
class LossTests {

	private final TestTopic topic = new TestTopic(2);

	private final String group = this.topic.group();

	private final List<LostRecords> told = new CopyOnWriteArrayList<>();

	private final List<Integer> appliedBefore = new CopyOnWriteArrayList<>();

	private final List<Long> committedBefore = new CopyOnWriteArrayList<>();

	private final AtomicInteger attempts = new AtomicInteger();

	private final AtomicInteger failuresToCome = new AtomicInteger();

	private CommittingListener listener = new CommittingListener();

	private ListenerContainers containers = start();

	@AfterEach
	void stop() {
		this.containers.stop();
		this.topic.close();
	}

	@Test
	void tellsBeforeTheFirstRecordThatIsLeft() {
		hasApplied("0");
		this.containers.stop();
		this.topic.send(0, "1", "2", "3");
		this.topic.deleteBefore(0, 3);
		List<String> logged;
		try (Logged log = new Logged()) {
			startAgain();
			await().until(() -> this.listener.applied.equals(List.of("3")));
			logged = log.lines();
		}
		assertThat(this.told).singleElement().satisfies((lost) -> {
			assertThat(lost.group()).isEqualTo(this.group);
			assertThat(lost.topic()).isEqualTo(this.topic.name());
			assertThat(lost.partition()).isZero();
			assertThat(lost.from()).isEqualTo(1);
			assertThat(lost.to()).isEqualTo(3);
		});
		assertThat(this.appliedBefore).containsExactly(0);
		assertThat(this.committedBefore).containsExactly(1L);
		assertThat(logged).filteredOn((line) -> line.contains("were deleted before"))
			.singleElement()
			.asString()
			.contains("ERROR", "Records of " + this.topic.partition(0) + " from offset 1 up to 3 were deleted before "
					+ "group " + this.group + " had read them");
	}

	@Test
	void triesAgainWhenTellingFailsAndReadsAndCommitsNothingBefore() {
		hasApplied("0");
		this.containers.stop();
		this.topic.send(0, "1", "2", "3");
		this.topic.deleteBefore(0, 3);
		this.failuresToCome.set(Integer.MAX_VALUE);
		startAgain();
		await().until(() -> this.attempts.get() >= 3);
		// As if it had died: what was not told is not forgotten.
		this.containers.stop();
		startAgain();
		int before = this.attempts.get();
		await().until(() -> this.attempts.get() > before);
		assertThat(this.topic.committed(this.group, 0)).isEqualTo(1);
		assertThat(this.listener.applied).isEmpty();
		this.failuresToCome.set(0);
		await().until(() -> this.listener.applied.equals(List.of("3")));
		assertThat(this.told).extracting(LostRecords::from, LostRecords::to).containsExactly(tuple(1L, 3L));
		await().until(() -> this.topic.committed(this.group, 0) == 4);
	}

	@Test
	void tellsOnceOfALossBehindWhichNothingHasComeYet() {
		hasApplied("0");
		this.containers.stop();
		this.topic.send(0, "1", "2");
		this.topic.deleteBefore(0, 3);
		startAgain();
		await().until(() -> this.topic.committed(this.group, 0) == 3);
		this.containers.stop();
		startAgain();
		this.topic.send(0, "3");
		await().until(() -> this.listener.applied.equals(List.of("3")));
		assertThat(this.told).hasSize(1);
	}

	@Test
	void tellsAGroupWhoseCommitIsForgotten() {
		hasApplied("0");
		this.containers.stop();
		this.topic.send(0, "1", "2", "3");
		this.topic.deleteBefore(0, 2);
		this.topic.forget(this.group);
		startAgain();
		await().until(() -> this.listener.applied.equals(List.of("2", "3")));
		assertThat(this.told).extracting(LostRecords::from, LostRecords::to).containsExactly(tuple(0L, 2L));
	}

	@Test
	void noticesThatTheLogOvertookAConsumerThatIsStuck() {
		hasApplied("0");
		this.listener.failuresToCome.set(Integer.MAX_VALUE);
		int calls = this.listener.calls.size();
		this.topic.send(0, "1", "2");
		await().until(() -> this.listener.calls.size() > calls);
		this.topic.send(0, "3", "4");
		this.topic.deleteBefore(0, 4);
		await().until(() -> !this.told.isEmpty());
		assertThat(this.committedBefore).containsExactly(1L);
		this.listener.failuresToCome.set(0);
		await().until(() -> this.listener.applied.equals(List.of("0", "4")));
		assertThat(this.told).extracting(LostRecords::from, LostRecords::to).containsExactly(tuple(1L, 4L));
	}

	@Test
	void triesAgainWhenTellingARunningConsumersLossFails() {
		hasApplied("0");
		this.listener.failuresToCome.set(Integer.MAX_VALUE);
		this.failuresToCome.set(1);
		int calls = this.listener.calls.size();
		this.topic.send(0, "1", "2");
		await().until(() -> this.listener.calls.size() > calls);
		this.topic.deleteBefore(0, 2);
		await().until(() -> !this.told.isEmpty());
		assertThat(this.attempts).hasValue(2);
		this.listener.failuresToCome.set(0);
		await().until(() -> this.listener.applied.equals(List.of("0", "2")));
	}

	@Test
	void hasNothingToTellOfWhatWasReadBeforeItWasDeleted() {
		hasApplied("0", "1", "2");
		this.topic.deleteBefore(0, 3);
		this.topic.send(0, "3");
		await().until(() -> this.topic.committed(this.group, 0) == 4);
		this.containers.stop();
		startAgain();
		this.topic.send(0, "4");
		await().until(() -> this.listener.applied.equals(List.of("4")));
		assertThat(this.told).isEmpty();
	}

	@Test
	void tellsWhenATopicIsShorterThanWhatWasCommitted() {
		hasApplied("0");
		this.containers.stop();
		this.topic.commit(this.group, 0, 5_000);
		startAgain();
		this.topic.send(0, "1");
		await().until(() -> this.listener.applied.equals(List.of("0", "1")));
		assertThat(this.told).extracting(LostRecords::from, LostRecords::to).containsExactly(tuple(5_000L, 0L));
	}

	private void hasApplied(String... values) {
		this.topic.send(0, values);
		await().until(() -> this.topic.committed(this.group, 0) == values.length);
	}

	private void startAgain() {
		this.containers = start();
	}

	private ListenerContainers start() {
		this.listener = new CommittingListener();
		CommittingListener current = this.listener;
		LossWatch losses = new LossWatch(
				Map.of(this.topic.name(), new OnLoss(this.topic.name(), (lost) -> lost(lost, current))),
				InstantSource.system());
		ContainerCare care = new ContainerCare(new KeptLetters(), new FailingPartitions(InstantSource.system()), losses,
				InstantSource.system());
		ListenerContainers started = new ListenerContainers(TestTopic.settings(), care, losses);
		started.create(this.group, List.of(this.topic.name()), 1, Map.of(), this.listener, null);
		started.start();
		return started;
	}

	private void lost(LostRecords lost, CommittingListener current) {
		this.attempts.incrementAndGet();
		if (this.failuresToCome.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			throw new IllegalStateException("nobody can be told");
		}
		this.appliedBefore.add(current.applied.size());
		this.committedBefore.add(this.topic.committed(this.group, 0));
		this.told.add(lost);
	}

}
