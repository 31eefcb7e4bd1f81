package io.rollcall.reconciler.flow.coordinate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Observation.DecisionsRequested;
import io.rollcall.model.directory.Observation.ObjectsUnseen;
import io.rollcall.model.directory.Observation.OfPartition;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.directory.RunPart;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.RunEvent;
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
	Run unseen(Run run, List<ObjectId> objects, @Nullable String next) {
		return numbered(run, byPartition(objects, (object) -> object), next,
				(partition, some, part) -> new ObjectsUnseen(run.head().organization(), run.head().connection(),
						partition, Objects.requireNonNull(part), some));
	}

	Run decisions(Run run, DecisionsRequested.Why why, List<ObjectId> objects, @Nullable String next) {
		return numbered(run, byPartition(objects, (object) -> object), next,
				(partition, some, part) -> new DecisionsRequested(run.head().organization(), run.head().connection(),
						partition, part, why, some));
	}

	Run releases(Run run, List<Waiting> entries, @Nullable String next) {
		return numbered(run, byPartition(entries, (waiting) -> waiting.entry().object()), next,
				(partition, some, part) -> new StagedReleased(run.head().organization(), run.head().connection(),
						partition, part, run.head().by(), some.stream().map(Sending::entry).toList()));
	}

	/** The same for few, outside of any run. */
	void decisions(DecisionsRequested.Why why, List<ObjectId> objects) {
		Coordination of = this.owned.coordination();
		alone(byPartition(objects, (object) -> object), (partition, some,
				part) -> new DecisionsRequested(of.organization(), of.connection(), partition, part, why, some));
	}

	void releases(List<Waiting> entries) {
		Coordination of = this.owned.coordination();
		alone(byPartition(entries, (waiting) -> waiting.entry().object()),
				(partition, some, part) -> new StagedReleased(of.organization(), of.connection(), partition, part, null,
						some.stream().map(Sending::entry).toList()));
	}

	/** Closes a run's phase: on every partition, behind its last record there. */
	Run close(Run run) {
		if (run.work().sentAnything()) {
			List<Envelope<RunMarker>> markers = new ArrayList<>();
			for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
				markers.add(this.owned.envelope("%s:%s:%d:end".formatted(run.id(), run.work().phase(), partition),
						new RunMarker(run.head().organization(), run.head().connection(), partition, run.id(),
								run.head().mode(), run.work().phase(), run.work().numbers().get(partition),
								run.head().startedAt(), run.work().abandoned())));
			}
			this.owned.ports.publications().records(Topics.SNAPSHOTS, markers);
		}
		List<String> closedOn = run.work().sentAnything() ? List.of(Topics.SNAPSHOTS) : List.of();
		return this.owned.change(run.id(), (stored) -> stored.with(stored.work().sent(closedOn)));
	}

	private <T> Run numbered(Run run, Map<Integer, List<List<T>>> pieces, @Nullable String next, Make<T> make) {
		List<Integer> numbers = run.work().counting();
		List<Envelope<OfPartition>> records = new ArrayList<>();
		pieces.forEach((partition, some) -> some.forEach((piece) -> {
			int number = Run.Work.count(numbers, partition);
			records.add(this.owned.envelope("%s:%s:%d:%d".formatted(run.id(), run.work().phase(), partition, number),
					make.record(partition, piece, run.next(number))));
		}));
		if (!records.isEmpty()) {
			begin(run);
			this.owned.ports.publications().records(Topics.SNAPSHOTS, records);
		}
		return this.owned.change(run.id(), (stored) -> stored.with(stored.work().upTo(next, numbers)));
	}

	/** A run of ours begins for people when there is something to do. */
	private void begin(Run run) {
		if (!run.work().told() && !run.head().silent()) {
			this.owned.tell(run.id() + ":started",
					new RunEvent.RunStarted(run.head().organization(), run.head().connection(), run.id(),
							run.head().mode(), run.head().trigger(), run.head().by(), run.head().at()));
			this.owned.change(run.id(), (stored) -> stored.with(stored.work().begun()));
		}
	}

	private <T> void alone(Map<Integer, List<List<T>>> pieces, Make<T> make) {
		List<Envelope<OfPartition>> records = new ArrayList<>();
		pieces.forEach((partition, some) -> some.forEach((piece) -> records
			.add(this.owned.envelope(UUID.randomUUID().toString(), make.record(partition, piece, null)))));
		if (!records.isEmpty()) {
			this.owned.ports.publications().records(Topics.OBSERVATIONS, records);
		}
	}

	private <T> Map<Integer, List<List<T>>> byPartition(List<T> all, Function<T, ObjectId> object) {
		Map<Integer, List<List<T>>> pieces = new TreeMap<>();
		for (T one : all) {
			int partition = this.owned.ports.publications().partitionOf(this.owned.connection(), object.apply(one));
			List<List<T>> of = pieces.computeIfAbsent(partition, (p) -> new ArrayList<>());
			if (of.isEmpty() || of.getLast().size() == MOST) {
				of.add(new ArrayList<>());
			}
			of.getLast().add(one);
		}
		return pieces;
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
