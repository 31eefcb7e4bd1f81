package io.rollcall.reconciler.flow.coordinate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.RunPart;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.jspecify.annotations.Nullable;

/**
 * A run: what it is, what was counted, how far it is.
 *
 * @param partitions what was applied of it, by phase, topic and partition
 * @param upTo the last progress event that is counted in
 */
public record Run(Head head, Counts counts, Work work, Map<String, Part> partitions, Position upTo) {

	public Run {
		partitions = Collections.unmodifiableMap(new LinkedHashMap<>(partitions));
	}

	static Run begin(Head head, Position at) {
		RunPhase first = switch (head.mode()) {
			case FULL, DELTA -> RunPhase.READ;
			case RULES, EVALUATION -> RunPhase.DECIDE;
			case RELEASE -> RunPhase.RELEASE;
		};
		return new Run(head, new Counts(ReadCounts.NONE, List.of(), Tally.NONE, false), Work.of(first), Map.of(), at);
	}

	public RunId id() {
		return this.head.id();
	}

	public boolean open() {
		return this.work.endedAt() == null;
	}

	Run with(Counts counted) {
		return new Run(this.head, counted, this.work, this.partitions, this.upTo);
	}

	Run with(Work done) {
		return new Run(this.head, this.counts, done, this.partitions, this.upTo);
	}

	Run at(Position position) {
		return new Run(this.head, this.counts, this.work, this.partitions, position);
	}

	/** Records were applied; numbers that do not follow are noticed. */
	Run applied(RunPhase phase, String topic, int partition, int from, int to, Tally changed) {
		Part before = part(phase, topic, partition);
		Part after = new Part(Math.max(before.highest(), to), before.gap() || from > before.highest() + 1,
				before.marker());
		boolean twice = from <= before.highest();
		return with(key(phase, topic, partition), after).with(new Counts(this.counts.read(), this.counts.listed(),
				this.counts.changed().plus(changed), this.counts.about() || twice));
	}

	Run reached(RunPhase phase, String topic, int partition, int records) {
		Part before = part(phase, topic, partition);
		return with(key(phase, topic, partition), new Part(before.highest(), before.gap(), records));
	}

	/** Whether all that its phase sent was applied. */
	boolean closed() {
		if (!this.work.sent()) {
			return false;
		}
		return this.work.topics().stream().allMatch((topic) -> {
			for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
				if (part(this.work.phase(), topic, partition).marker() == null) {
					return false;
				}
			}
			return true;
		});
	}

	/**
	 * Whether it cannot go on when its records are lost or passed over. A release that a
	 * person asked for waits, unless it was sent.
	 */
	boolean isCutOffWithItsRecords() {
		return this.head.set() == null || this.work.sent();
	}

	/** Whether every record that was read for a partition was applied there. */
	boolean readWhole(int partition) {
		Part part = part(RunPhase.READ, Topics.SNAPSHOTS, partition);
		return !part.gap() && part.marker() != null && part.marker() == part.highest();
	}

	/** The part of a record that is the next one of its partition. */
	RunPart next(int number) {
		return new RunPart(id(), this.head.mode(), this.work.phase(), number, this.head.startedAt());
	}

	private Part part(RunPhase phase, String topic, int partition) {
		return this.partitions.getOrDefault(key(phase, topic, partition), Part.NONE);
	}

	private Run with(String key, Part part) {
		Map<String, Part> all = new LinkedHashMap<>(this.partitions);
		all.put(key, part);
		return new Run(this.head, this.counts, this.work, all, this.upTo);
	}

	private static String key(RunPhase phase, String topic, int partition) {
		return phase + ":" + (Topics.SNAPSHOTS.equals(topic) ? "snapshots" : "observations") + ":" + partition;
	}

	/**
	 * What does not change.
	 *
	 * @param set the held set that it releases
	 * @param silent whether it is told to nobody: a probe
	 */
	public record Head(OrganizationId organization, ConnectionId connection, RunId id, RunMode mode, RunTrigger trigger,
			@Nullable String by, Stamp startedAt, Instant at, @Nullable String set, boolean silent) {
	}

	/**
	 * What was counted.
	 *
	 * @param listed the kinds of which it read every object
	 * @param about whether something was applied twice, so that it is counted twice
	 */
	public record Counts(ReadCounts read, List<ObjectKind> listed, Tally changed, boolean about) {

		Counts read(ReadCounts until, List<ObjectKind> all) {
			return new Counts(until, all, this.changed, this.about);
		}

	}

	/**
	 * How far it is.
	 *
	 * @param sent whether all of the phase was published, its markers too
	 * @param topics those with markers of the phase
	 * @param cursor where sending goes on
	 * @param numbers how many records of the phase went to each partition
	 * @param told whether its beginning was told
	 */
	public record Work(RunPhase phase, boolean sent, List<String> topics, @Nullable String cursor,
			List<Integer> numbers, boolean told, long held, boolean abandoned, @Nullable Problem problem,
			@Nullable Instant endedAt) {

		public Work {
			topics = List.copyOf(topics);
			numbers = List.copyOf(numbers);
		}

		static Work of(RunPhase phase) {
			return new Work(phase, false, List.of(), null, Collections.nCopies(Topics.PARTITIONS, 0), false, 0, false,
					null, null);
		}

		Work next(RunPhase after) {
			return new Work(after, false, List.of(), null, Collections.nCopies(Topics.PARTITIONS, 0), this.told,
					this.held, this.abandoned, this.problem, null);
		}

		Work sent(List<String> closedOn) {
			return new Work(this.phase, true, closedOn, null, this.numbers, this.told, this.held, this.abandoned,
					this.problem, null);
		}

		Work upTo(@Nullable String sentUpTo, List<Integer> counted) {
			return new Work(this.phase, this.sent, this.topics, sentUpTo, counted, this.told, this.held, this.abandoned,
					this.problem, null);
		}

		Work begun() {
			return new Work(this.phase, this.sent, this.topics, this.cursor, this.numbers, true, this.held,
					this.abandoned, this.problem, null);
		}

		Work held(long count) {
			return new Work(this.phase, this.sent, this.topics, this.cursor, this.numbers, this.told, count,
					this.abandoned, this.problem, null);
		}

		Work problem(Problem found) {
			return new Work(this.phase, this.sent, this.topics, this.cursor, this.numbers, this.told, this.held,
					this.abandoned, found, null);
		}

		Work abandoned(Problem why) {
			return new Work(this.phase, this.sent, this.topics, this.cursor, this.numbers, this.told, this.held, true,
					why, null);
		}

		/**
		 * Cut off, with records that may still be applied: ours end behind new markers,
		 * as others may be lost; a reading has its connector's, or none.
		 */
		Work cutOff(Problem why) {
			return new Work(this.phase, this.phase == RunPhase.READ, List.of(), null, this.numbers, this.told,
					this.held, true, why, null);
		}

		Work ended(Instant at) {
			return new Work(this.phase, this.sent, this.topics, this.cursor, this.numbers, this.told, this.held,
					this.abandoned, this.problem, at);
		}

		boolean sentAnything() {
			return this.numbers.stream().anyMatch((number) -> number > 0);
		}

		/** One more record for a partition. */
		static int count(List<Integer> numbers, int partition) {
			int number = numbers.get(partition) + 1;
			numbers.set(partition, number);
			return number;
		}

		List<Integer> counting() {
			return new ArrayList<>(this.numbers);
		}

	}

	/**
	 * What was applied on a partition.
	 *
	 * @param highest the highest number of a record
	 * @param gap whether a number was passed over
	 * @param marker how many records the marker speaks of; null until it was reached
	 */
	public record Part(int highest, boolean gap, @Nullable Integer marker) {

		static final Part NONE = new Part(0, false, null);

	}

}
