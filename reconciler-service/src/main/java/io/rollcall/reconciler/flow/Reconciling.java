package io.rollcall.reconciler.flow;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;

import io.rollcall.model.ConnectionId;
import io.rollcall.reconciler.flow.CrashPoints.Step;
import io.rollcall.reconciler.rules.Rules;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Applies batches of observations. A batch that fails anywhere is delivered again from
 * its first offset, perhaps cut in another way, and ends the same.
 */
public final class Reconciling {

	private final Storage storage;

	private final DirectoryObjects objects;

	private final RulesBook rules;

	private final DecideAccounts accounts;

	private final DecideTeams teams;

	private final AfterWriting after;

	private final RunSteps runs;

	private final InstantSource clock;

	private final CrashPoints crashPoints;

	public Reconciling(Storage storage, DirectoryObjects objects, Accounts accounts, Teams teams, RulesBook rules,
			Evaluations evaluations, Outbound outbound, RunCounters counters, RunSteps runs, InstantSource clock,
			CrashPoints crashPoints) {
		this.storage = storage;
		this.objects = objects;
		this.rules = rules;
		this.accounts = new DecideAccounts(accounts, objects);
		this.teams = new DecideTeams(teams, evaluations, crashPoints);
		this.after = new AfterWriting(accounts, outbound, counters, crashPoints);
		this.runs = runs;
		this.clock = clock;
		this.crashPoints = crashPoints;
	}

	/** Ends well when everything the batch says is stored and published. */
	public Mono<Void> apply(Batch batch) {
		return this.storage.ready()
			.thenMany(Flux.fromIterable(Segment.of(batch)))
			.concatMap(this::apply)
			.then(after(Step.COMMIT));
	}

	private Mono<Void> apply(Segment segment) {
		return switch (segment) {
			case Segment.OfRuns runs -> apply(runs);
			case Segment.OfObjects objects ->
				merge(objects).flatMap(this::writeFacts).flatMap(this::decideAndWrite).flatMap(this.after::run);
		};
	}

	private Mono<Void> apply(Segment.OfRuns runs) {
		for (Batch.Entry entry : runs.entries()) {
			String wrong = this.runs.whatIsWrong(entry.observation());
			if (wrong != null) {
				return Mono.error(new BadObservation(entry.partition(), entry.offset(), wrong, null));
			}
		}
		return this.runs.apply(runs.entries());
	}

	private Mono<Map<ConnectionId, Rules>> rulesFor(Segment.OfObjects segment) {
		return Flux.fromIterable(
				segment.entries().stream().map((entry) -> entry.observation().connection()).collect(Collectors.toSet()))
			.flatMap((connection) -> this.rules.current(connection).map((rules) -> Map.entry(connection, rules)))
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	private Mono<Work> merge(Segment.OfObjects segment) {
		return Mono.zip(rulesFor(segment), this.objects.find(Work.keysOf(segment)),
				(rules, known) -> new Work(segment, rules, known, now()));
	}

	/**
	 * Milliseconds, as the database keeps no more: what is read back equals what was
	 * written.
	 */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	private Mono<Work> writeFacts(Work work) {
		return this.objects.write(work.changedFacts()).then(after(Step.FACTS)).thenReturn(work);
	}

	private Mono<Applied> decideAndWrite(Work work) {
		return this.teams.read(work)
			.flatMap((teams) -> this.teams.evaluateMembers(work, teams)
				.then(Mono.zip(this.accounts.decideAndWrite(work), this.teams.decideAndWrite(work, teams))))
			.map((written) -> new Applied(work, written.getT1(), written.getT2()))
			.delayUntil((applied) -> after(Step.ACCOUNTS));
	}

	private Mono<Void> after(Step step) {
		return Mono.fromRunnable(() -> this.crashPoints.after(step));
	}

}
