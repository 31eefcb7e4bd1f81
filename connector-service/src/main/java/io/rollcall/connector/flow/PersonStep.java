package io.rollcall.connector.flow;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.RunInHand;
import io.rollcall.connector.rules.Step;
import io.rollcall.connector.rules.SyncState.Person;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Reads one user by itself, because a person asked for it. */
final class PersonStep {

	private static final Logger log = LoggerFactory.getLogger(PersonStep.class);

	private final Tenants tenants;

	private final Observations observations;

	private final SyncStates states;

	private final Sequences sequences;

	private final FailureStep failures;

	private final Supplier<RunId> ids;

	private final InstantSource clock;

	PersonStep(Tenants tenants, Observations observations, SyncStates states, Sequences sequences, FailureStep failures,
			Supplier<RunId> ids, InstantSource clock) {
		this.tenants = tenants;
		this.observations = observations;
		this.states = states;
		this.sequences = sequences;
		this.failures = failures;
		this.ids = ids;
		this.clock = clock;
	}

	Mono<Void> perform(Tenure tenure, Step.ReadPerson step) {
		Person person = step.person();
		return this.sequences.next(tenure)
			.flatMap((sequence) -> this.tenants.person(tenure.connection(), person.object())
				.flatMap((answer) -> switch (answer) {
					case Answer.Got<List<Item>>(List<Item> items) -> publish(tenure, sequence, items, person);
					case Answer.Failed<List<Item>>(Failure.NotFound missing) -> {
						log.info("Connection {}: {}", tenure.id(), missing.message());
						yield done(tenure, person);
					}
					case Answer.Failed<List<Item>>(Failure failure) ->
						this.failures.performFor(person, tenure, run(tenure, sequence, person), failure)
							.flatMap((givenUp) -> givenUp ? done(tenure, person) : Mono.empty());
				}));
	}

	private Mono<Void> publish(Tenure tenure, Sequence sequence, List<Item> items, Person person) {
		Readings readings = Readings.of(items, tenure.connection(), this.ids.get(), sequence,
				tenure.connection().selection().version(), 0);
		return this.observations.publish(readings.list(), false).then(Mono.defer(() -> done(tenure, person)));
	}

	private Mono<Void> done(Tenure tenure, Person person) {
		return this.states.personRead(tenure.state(), person).doOnNext((state) -> {
			tenure.done(person);
			tenure.state(state);
		}).then();
	}

	/** A run that a failure can be told of. */
	private RunInHand run(Tenure tenure, Sequence sequence, Person person) {
		return RunInHand.begin(this.ids.get(),
				new Step.StartRun(RunMode.DELTA, RunTrigger.MANUAL, person.by(), List.of(Resource.USERS)),
				new Stamp(sequence, 0), tenure.connection().selection().version(), this.clock.instant());
	}

}
