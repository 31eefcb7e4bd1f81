package io.rollcall.reconciler.flow.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.HeldSetJudged;
import io.rollcall.model.directory.Observation.RunContinued;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.reconciler.flow.Batch;
import io.rollcall.reconciler.flow.Outbound;
import io.rollcall.reconciler.flow.RunSteps;
import io.rollcall.reconciler.flow.run.PhaseStep.Next;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Takes a run from its markers to its completion. The record that completes a phase's
 * markers drives the run, through as many phases as it can; a chunk of a long phase
 * drives it on. A driver that is outrun by another (a redelivered record, a partition
 * that moved) looks again where the run is, and goes on only while the run is in its own
 * chunk: the record of the next one is published before the chunk is stored as done.
 */
public final class RunProgress implements RunSteps {

	/** {@code RunContinued.step} of a run's phases. */
	static final String STEP = "run";

	private static final Set<String> STEPS = Set.of(STEP, HeldSetJudgement.STEP, MemberEvaluations.STEP);

	private final Runs runs;

	private final Outbound outbound;

	private final Map<RunPhase, PhaseStep> steps;

	private final HeldSetJudgement heldSets;

	private final MemberEvaluations evaluations;

	RunProgress(Runs runs, Outbound outbound, Map<RunPhase, PhaseStep> steps, HeldSetJudgement heldSets,
			MemberEvaluations evaluations) {
		this.runs = runs;
		this.outbound = outbound;
		this.steps = Map.copyOf(steps);
		this.heldSets = heldSets;
		this.evaluations = evaluations;
	}

	@Override
	public Mono<Void> apply(List<Batch.Entry> records) {
		return Flux.fromIterable(records)
			.collectMultimap((record) -> runOf(record.observation()))
			.flatMapIterable(Map::values)
			.flatMap(this::applyInOrder)
			.then();
	}

	/** What the record is of; different runs go on side by side. */
	private static String runOf(Observation record) {
		return switch (record) {
			case RunMarker marker -> marker.connection() + ":" + marker.run();
			case RunContinued chunk -> chunk.connection() + ":" + chunk.run();
			case HeldSetJudged judged -> judged.connection() + ":" + judged.hash();
			case Observation.OfObject other -> other.key();
		};
	}

	/**
	 * Records of one run; the markers of a phase at once, when the first of them comes.
	 */
	private Mono<Void> applyInOrder(Collection<Batch.Entry> records) {
		Map<RunMarker.Phase, List<RunMarker>> markers = new EnumMap<>(RunMarker.Phase.class);
		for (Batch.Entry record : records) {
			if (record.observation() instanceof RunMarker marker) {
				markers.computeIfAbsent(marker.phase(), (phase) -> new ArrayList<>()).add(marker);
			}
		}
		return Flux.fromIterable(records).concatMap((record) -> switch (record.observation()) {
			case RunMarker marker ->
				Mono.justOrEmpty(markers.remove(marker.phase())).flatMap((all) -> marked(all, record.partition()));
			case RunContinued chunk -> continued(chunk, record.partition());
			case HeldSetJudged judged -> this.heldSets.judge(judged, record.partition());
			case Observation.OfObject other ->
				Mono.error(new IllegalArgumentException(other.getClass() + " is not a record about a run"));
		}).then();
	}

	@Override
	public @Nullable String whatIsWrong(Observation record) {
		return (record instanceof RunContinued chunk && !STEPS.contains(chunk.step())) ? "'" + chunk.step()
				+ "' is no step of a run here: it may be newer than this service, then redrive it later" : null;
	}

	private Mono<Void> marked(List<RunMarker> markers, int partition) {
		return this.runs.mark(markers)
			.filter((run) -> run.marked(markers.getFirst().phase()))
			.flatMap((run) -> proceed(run, partition));
	}

	private Mono<Void> continued(RunContinued chunk, int partition) {
		return switch (chunk.step()) {
			case STEP -> this.runs.find(chunk.connection(), chunk.run())
				.filter((run) -> run.work().chunk() == chunk.chunk())
				.flatMap((run) -> proceed(run, partition));
			case HeldSetJudgement.STEP -> this.heldSets.goOn(chunk, partition);
			case MemberEvaluations.STEP ->
				this.evaluations.goOn(chunk, partition).flatMap((ended) -> evaluated(ended, partition));
			default -> Mono.error(new IllegalArgumentException("'" + chunk.step() + "' is no step of a run"));
		};
	}

	/** A run that is still being read finds out itself, once it is. */
	private Mono<Void> evaluated(Evaluation ended, int partition) {
		return Mono.justOrEmpty(ended.run())
			.flatMap((run) -> this.runs.find(ended.connection(), run))
			.filter((run) -> run.work().phase() == RunPhase.EVALUATING)
			.flatMap((run) -> proceed(run, partition));
	}

	private Mono<Void> proceed(RunState run, int partition) {
		PhaseStep step = this.steps.get(run.work().phase());
		return (step != null) ? step.take(run).flatMap((next) -> follow(run, next, partition)) : Mono.empty();
	}

	private Mono<Void> follow(RunState run, Next next, int partition) {
		return switch (next) {
			case Next.Pass pass -> proceed(run.with(pass.to()), partition);
			case Next.Enter enter -> this.runs.save(enter.from(), enter.to())
				.switchIfEmpty(Mono.defer(() -> lookAgain(enter.from())))
				.flatMap((entered) -> proceed(entered, partition));
			case Next.Continue on -> publish(on, partition).then(this.runs.save(on.from(), on.to())).then();
			case Next.Wait wait -> Mono.empty();
		};
	}

	private Mono<RunState> lookAgain(RunState outrun) {
		return this.runs.find(outrun.connection(), outrun.run())
			.filter((run) -> run.work().chunk() == outrun.work().chunk());
	}

	private Mono<Void> publish(Next.Continue on, int partition) {
		RunState run = on.from();
		return this.outbound.observation(partition, RunEnvelopes
			.of(new RunContinued(run.organization(), run.connection(), run.run(), STEP, on.to().chunk()), run.bulk()));
	}

	/** What a phase publishes to the partitions it touched, when it ends. */
	static List<RunMarker> markers(RunState run, RunMarker.Phase phase) {
		List<Integer> touched = run.work().touched().stream().sorted().toList();
		return touched.stream()
			.map((partition) -> new RunMarker(run.organization(), run.connection(), run.run(), run.mode(),
					run.trigger(), phase, partition, touched, run.startedAt(), run.read()))
			.toList();
	}

}
