package io.rollcall.connector.flow;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

import io.rollcall.connector.rules.RunInHand;
import io.rollcall.connector.rules.Step;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.run.RunTrigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** Begins a run. */
final class StartStep {

	private static final Logger log = LoggerFactory.getLogger(StartStep.class);

	private final SyncStates states;

	private final Sequences sequences;

	private final Supplier<RunId> ids;

	private final InstantSource clock;

	StartStep(SyncStates states, Sequences sequences, Supplier<RunId> ids, InstantSource clock) {
		this.states = states;
		this.sequences = sequences;
		this.ids = ids;
		this.clock = clock;
	}

	Mono<Void> perform(Tenure tenure, Step.StartRun start) {
		return this.sequences.next(tenure).flatMap((sequence) -> {
			Instant now = this.clock.instant();
			RunInHand run = RunInHand.begin(this.ids.get(), start, new Stamp(sequence, 0),
					tenure.connection().selection().version(), now);
			SyncState began = tenure.state().began(start, start.lane(), run, now);
			if (start.trigger() == RunTrigger.HINT) {
				// Most find nothing: it is stored with its first page.
				tenure.state(began);
				return Mono.empty();
			}
			log.info("Connection {}: {} run {} begins ({})", tenure.id(), start.mode(), run.id(), start.trigger());
			SyncState.Requested heard = tenure.state().requested();
			Mono<SyncState> saved = (heard == null || began.requested() == heard) ? this.states.save(began)
					: this.states.saveHeard(began, heard);
			return saved.doOnNext(tenure::state).then();
		});
	}

}
