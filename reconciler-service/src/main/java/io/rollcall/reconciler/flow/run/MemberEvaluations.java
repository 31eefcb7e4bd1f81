package io.rollcall.reconciler.flow.run;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Observation.DecideRequested;
import io.rollcall.model.directory.Observation.RunContinued;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import io.rollcall.reconciler.flow.Evaluations;
import io.rollcall.reconciler.flow.Outbound;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Asks for decisions over stored facts, a chunk a record. Begun twice, it asks twice,
 * which does no harm.
 */
public final class MemberEvaluations implements Evaluations {

	/** {@code RunContinued.step}; its {@code run} is the evaluation's id. */
	static final String STEP = "evaluate";

	/** More than so many decisions at once never become single alerts. */
	private static final int MANY = 100;

	private final EvaluationBook book;

	private final Outbound outbound;

	private final Partitions partitions;

	MemberEvaluations(EvaluationBook book, Outbound outbound, Partitions partitions) {
		this.book = book;
		this.outbound = outbound;
		this.partitions = partitions;
	}

	@Override
	public Mono<Void> membersOf(OrganizationId organization, Collection<Turned> groups, String reason,
			@Nullable RunId run) {
		Map<ConnectionId, List<Turned>> byConnection = groups.stream()
			.collect(Collectors.groupingBy((turned) -> turned.group().connection()));
		return Flux.fromIterable(byConnection.entrySet())
			.concatMap((entry) -> start(new Evaluation(organization, entry.getKey(), id(entry.getValue(), reason, run),
					entry.getValue().stream().map((turned) -> turned.group().object()).toList(), reason, run, false, 1,
					null, Set.of(), false)))
			.then();
	}

	/**
	 * Asks for a decision about every object of a connection, as a run of its own that
	 * ends with markers.
	 */
	public Mono<Void> everybody(OrganizationId organization, ConnectionId connection, RunId run, String reason) {
		return start(new Evaluation(organization, connection, run.value(), List.of(), reason, run, true, 1, null,
				Set.of(), false));
	}

	/** Works on a chunk; gives the evaluation when that was its last. */
	Mono<Evaluation> goOn(RunContinued chunk, int partition) {
		return this.book.find(chunk.connection(), chunk.run().value())
			.filter((evaluation) -> evaluation.chunk() == chunk.chunk())
			.flatMap((evaluation) -> this.book.slice(evaluation)
				.flatMap((slice) -> ask(evaluation, slice)
					.flatMap((asked) -> (slice.next() != null) ? goOn(asked, slice.next(), partition) : end(asked))));
	}

	/**
	 * The record is published before its run waits: whoever dies in between, and finds
	 * other groups together the next time, leaves nothing that a run would wait for.
	 */
	private Mono<Void> start(Evaluation evaluation) {
		return this.book.start(evaluation)
			.filter((started) -> !started.ended())
			.flatMap((started) -> this.outbound
				.observations(List.of(RunEnvelopes.of(chunk(started, started.chunk()), true)))
				.then(this.book.published(started)));
	}

	/** The partitions are stored first, so that each has its marker in the end. */
	private Mono<Evaluation> ask(Evaluation evaluation, EvaluationBook.Slice slice) {
		boolean bulk = evaluation.cursor() != null || slice.objects().size() > MANY;
		List<Envelope<DecideRequested>> records = slice.objects()
			.stream()
			.map((object) -> RunEnvelopes.of(new DecideRequested(evaluation.organization(), evaluation.connection(),
					object, evaluation.reason(), evaluation.run()), bulk))
			.toList();
		Evaluation touching = evaluation
			.touching(records.stream().map((record) -> this.partitions.of(record.event())).toList());
		Mono<Void> noted = (evaluation.run() != null) ? this.book.save(evaluation, touching) : Mono.empty();
		return noted.then(this.outbound.observations(List.copyOf(records))).thenReturn(touching);
	}

	private Mono<Evaluation> goOn(Evaluation evaluation, String after, int partition) {
		Evaluation next = evaluation.next(after);
		return this.outbound.observation(partition, RunEnvelopes.of(chunk(next, next.chunk()), true))
			.then(this.book.save(evaluation, next))
			.then(Mono.empty());
	}

	private Mono<Evaluation> end(Evaluation evaluation) {
		return this.book.save(evaluation, evaluation.end()).then(mark(evaluation)).thenReturn(evaluation.end());
	}

	private Mono<Void> mark(Evaluation evaluation) {
		RunId run = evaluation.run();
		if (!evaluation.marked() || run == null) {
			return Mono.empty();
		}
		// A run over nobody is complete too: one marker, on any partition.
		List<Integer> touched = evaluation.touched().isEmpty() ? List.of(0)
				: evaluation.touched().stream().sorted().toList();
		return Flux.fromIterable(touched)
			.map((partition) -> new RunMarker(evaluation.organization(), evaluation.connection(), run,
					RunMode.EVALUATION, RunTrigger.RULES, RunMarker.Phase.READ, partition, touched, Stamp.NONE,
					ReadCounts.NONE))
			.concatMap((marker) -> this.outbound.observation(marker.partition(), RunEnvelopes.of(marker, true)))
			.then();
	}

	private static RunContinued chunk(Evaluation evaluation, long chunk) {
		return new RunContinued(evaluation.organization(), evaluation.connection(), new RunId(evaluation.id()), STEP,
				chunk);
	}

	/**
	 * The same turns of the same groups make one evaluation; whoever is asked for in it
	 * is decided by facts that are written.
	 */
	private static String id(List<Turned> groups, String reason, @Nullable RunId run) {
		String name = run + " " + reason + " "
				+ groups.stream()
					.map((turned) -> turned.group().object() + "@" + turned.turns())
					.sorted()
					.collect(Collectors.joining(" "));
		return "members-" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
	}

}
