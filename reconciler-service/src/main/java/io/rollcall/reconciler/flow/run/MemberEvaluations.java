package io.rollcall.reconciler.flow.run;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
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
import io.rollcall.reconciler.rules.ObjectKey;
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
	public Mono<Void> membersOf(OrganizationId organization, Collection<ObjectKey> groups, String reason,
			@Nullable RunId run) {
		Map<ConnectionId, List<ObjectId>> byConnection = groups.stream()
			.collect(Collectors.groupingBy(ObjectKey::connection,
					Collectors.mapping(ObjectKey::object, Collectors.toList())));
		return Flux.fromIterable(byConnection.entrySet())
			.concatMap((entry) -> start(new Evaluation(organization, entry.getKey(), id(entry.getValue(), run),
					entry.getValue(), reason, run, false, 0, null, Set.of())))
			.then();
	}

	/**
	 * Asks for a decision about every object of a connection, as a run of its own that
	 * ends with markers.
	 */
	public Mono<Void> everybody(OrganizationId organization, ConnectionId connection, RunId run, String reason) {
		return start(
				new Evaluation(organization, connection, run.value(), List.of(), reason, run, true, 0, null, Set.of()));
	}

	Mono<Void> goOn(RunContinued chunk, int partition) {
		return this.book.find(chunk.connection(), chunk.run().value())
			.filter((evaluation) -> evaluation.chunk() == chunk.chunk())
			.flatMap((evaluation) -> this.book.slice(evaluation)
				.flatMap((slice) -> ask(evaluation, slice)
					.flatMap((asked) -> (slice.next() != null) ? goOn(asked, slice.next(), partition) : end(asked))));
	}

	private Mono<Void> start(Evaluation evaluation) {
		return this.book.start(evaluation)
			.flatMap((started) -> this.outbound
				.observations(List.of(RunEnvelopes.of(chunk(started, started.chunk()), true))));
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
		Mono<Void> noted = evaluation.marked() ? this.book.save(evaluation, touching) : Mono.empty();
		return noted.then(this.outbound.observations(List.copyOf(records))).thenReturn(touching);
	}

	private Mono<Void> goOn(Evaluation evaluation, String after, int partition) {
		Evaluation next = evaluation.next(after);
		return this.outbound.observation(partition, RunEnvelopes.of(chunk(next, next.chunk()), true))
			.then(this.book.save(evaluation, next));
	}

	private Mono<Void> end(Evaluation evaluation) {
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

	private static String id(List<ObjectId> groups, @Nullable RunId run) {
		String name = run + " " + groups.stream().map(ObjectId::value).sorted().collect(Collectors.joining(" "));
		return "members-" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
	}

}
