package io.rollcall.reconciler.flow.run;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.rollcall.model.ObjectId;
import io.rollcall.model.directory.Observation.ObjectUnseen;
import io.rollcall.model.event.Envelope;
import io.rollcall.reconciler.flow.CrashPoints;
import io.rollcall.reconciler.flow.Outbound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Tells the owners of all objects that a FULL run did not see. What waits in a dead
 * letter counts as seen; when a dead letter may be of any object, the run does not sweep.
 */
final class Sweep implements PhaseStep {

	private static final Logger log = LoggerFactory.getLogger(Sweep.class);

	static final String NOT_SWEPT = "nothing was taken away as unseen: a dead letter has no readable key, so it may be "
			+ "of anybody. Redrive or discard it (/api/dead-letters); the next FULL run sweeps again";

	private final UnseenObjects unseen;

	private final Runs runs;

	private final Outbound outbound;

	private final Partitions partitions;

	private final CrashPoints crashPoints;

	Sweep(UnseenObjects unseen, Runs runs, Outbound outbound, Partitions partitions, CrashPoints crashPoints) {
		this.unseen = unseen;
		this.runs = runs;
		this.outbound = outbound;
		this.partitions = partitions;
		this.crashPoints = crashPoints;
	}

	@Override
	public Mono<Next> take(RunState run) {
		return this.unseen.unreadableDeadLetter().flatMap((unreadable) -> unreadable ? skip(run) : chunk(run));
	}

	private Mono<Next> skip(RunState run) {
		log.warn("Run {} of connection {}: {}", run.run(), run.connection(), NOT_SWEPT);
		RunWork to = run.work().touched().isEmpty() ? run.work().enter(RunPhase.GATHERING)
				: run.work().await(RunPhase.AWAITING_SWEPT);
		return Mono.just(new Next.Enter(run, to.noting(NOT_SWEPT)));
	}

	private Mono<Next> chunk(RunState run) {
		return this.unseen.slice(run.connection(), run.startedAt(), run.work().cursor())
			.flatMap((slice) -> notInDeadLetters(run, slice.objects())
				.flatMap((objects) -> objects.isEmpty() ? Mono.just(run) : publish(run, objects))
				.map((published) -> next(published, slice)));
	}

	private Mono<List<ObjectId>> notInDeadLetters(RunState run, List<ObjectId> objects) {
		return objects.isEmpty() ? Mono.just(objects) : this.unseen.inDeadLetters(run.connection(), objects)
			.map((seen) -> objects.stream().filter((object) -> !seen.contains(object)).toList());
	}

	/**
	 * The partitions are stored first: an object that is decided before a crash is not
	 * found again, and its partition must have its marker all the same.
	 */
	private Mono<RunState> publish(RunState run, List<ObjectId> objects) {
		List<Envelope<ObjectUnseen>> records = objects.stream()
			.map((object) -> RunEnvelopes
				.of(new ObjectUnseen(run.organization(), run.connection(), object, run.run(), run.startedAt()), true))
			.toList();
		Set<Integer> touched = records.stream()
			.map((record) -> this.partitions.of(record.event()))
			.collect(Collectors.toSet());
		return this.runs.save(run, run.work().touching(touched))
			.flatMap((saved) -> this.outbound.observations(List.copyOf(records))
				.then(Mono.fromRunnable(() -> this.crashPoints.after(CrashPoints.Step.UNSEEN)))
				.thenReturn(saved))
			.switchIfEmpty(Mono.error(() -> Outruns.of(run)));
	}

	private static Next next(RunState run, UnseenObjects.Slice slice) {
		if (slice.next() != null) {
			return new Next.Continue(run, run.work().next(slice.next()));
		}
		return new Next.Enter(run, run.work().touched().isEmpty() ? run.work().enter(RunPhase.GATHERING)
				: run.work().await(RunPhase.AWAITING_SWEPT));
	}

}
