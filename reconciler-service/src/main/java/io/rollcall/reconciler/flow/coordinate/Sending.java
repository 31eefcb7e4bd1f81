package io.rollcall.reconciler.flow.coordinate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Observation.DecisionsRequested;
import io.rollcall.model.directory.Observation.ObjectsUnseen;
import io.rollcall.model.directory.Observation.OfPartition;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.directory.RunPart;
import io.rollcall.model.event.Topics;
import io.rollcall.reconciler.flow.apply.Outbound.Message;
import io.rollcall.reconciler.flow.coordinate.StagedEntries.Waiting;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what runs ask of many, in records of one partition each, numbered; and what
 * is asked of few, without a run.
 */
final class Sending {

	/** The most objects in one record. */
	static final int MOST = 500;

	private final Owned owned;

	Sending(Owned owned) {
		this.owned = owned;
	}

	/**
	 * Publishes a slice of a run's phase and stores how far it is. What was cut off in
	 * between is published again with the same numbers.
	 */
	void unseen(Run run, List<ObjectId> objects, @Nullable String next) {
		send(run, objects, (object) -> object, next,
				(partition, some, part) -> new ObjectsUnseen(run.head.organization(), run.head.connection(), partition,
						Objects.requireNonNull(part), some));
	}

	/**
	 * The same of objects to be decided.
	 * @param run null for few, outside of any run
	 */
	void decisions(@Nullable Run run, DecisionsRequested.Why why, List<ObjectId> objects, @Nullable String next) {
		Coordination of = this.owned.coordination;
		send(run, objects, (object) -> object, next, (partition, some, part) -> new DecisionsRequested(of.organization,
				of.connection, partition, part, why, some));
	}

	/** The same of what may go. */
	void releases(@Nullable Run run, List<Waiting> entries, @Nullable String next) {
		Coordination of = this.owned.coordination;
		String by = (run != null) ? run.head.by() : null;
		send(run, entries, (waiting) -> waiting.entry().object(), next,
				(partition, some, part) -> new StagedReleased(of.organization, of.connection, partition, part, by,
						some.stream().map(Sending::entry).toList()));
	}

	/** Closes a run's phase: on every partition, behind its last record there. */
	void close(Run run) {
		List<String> topics = run.used();
		for (String topic : topics) {
			List<Message> markers = new ArrayList<>();
			for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
				markers.add(this.owned.message(topic, "%s:%s:%d:end".formatted(run.id(), run.phase, partition),
						new RunMarker(run.head.organization(), run.head.connection(), partition, run.id(),
								run.head.mode(), run.phase, run.numbers[partition], run.head.startedAt(),
								run.abandoned)));
			}
			this.owned.ports.outbound().publish(markers);
		}
		run.sent(topics);
		this.owned.save(run);
	}

	private <T> void send(@Nullable Run run, List<T> all, Function<T, ObjectId> object, @Nullable String next,
			Make<T> make) {
		int[] numbers = (run != null) ? run.numbers.clone() : new int[0];
		List<Message> records = new ArrayList<>();
		String topic = (run != null) ? Topics.SNAPSHOTS : Topics.OBSERVATIONS;
		Map<Integer, List<T>> byPartition = all.stream()
			.collect(Collectors.groupingBy((one) -> this.owned.partitionOf(object.apply(one)), TreeMap::new,
					Collectors.toList()));
		byPartition.forEach((partition, some) -> {
			for (int from = 0; from < some.size(); from += MOST) {
				RunPart part = (run != null) ? run.part(++numbers[partition]) : null;
				String id = (part != null) ? "%s:%s:%d:%d".formatted(part.id(), part.phase(), partition, part.number())
						: UUID.randomUUID().toString();
				List<T> piece = some.subList(from, Math.min(some.size(), from + MOST));
				records.add(this.owned.message(topic, id, make.record(partition, piece, part)));
			}
		});
		if (run != null && !records.isEmpty()) {
			begin(run);
		}
		if (!records.isEmpty()) {
			this.owned.ports.outbound().publish(records);
		}
		if (run != null) {
			run.cursor = next;
			run.numbers = numbers;
			this.owned.save(run);
		}
	}

	/** A run of ours begins for people when there is something to do. */
	private void begin(Run run) {
		if (!run.told && !run.head.silent()) {
			this.owned.tellStart(run);
			run.told = true;
			this.owned.save(run);
		}
	}

	private static StagedReleased.Entry entry(Waiting waiting) {
		var entry = waiting.entry();
		return new StagedReleased.Entry(entry.object(), entry.id(), entry.kind(), entry.team(), entry.revision());
	}

	/** Makes a record of one partition. */
	private interface Make<T> {

		OfPartition record(int partition, List<T> some, @Nullable RunPart part);

	}

}
