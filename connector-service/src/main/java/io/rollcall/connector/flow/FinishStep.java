package io.rollcall.connector.flow;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import io.rollcall.connector.rules.RunInHand;
import io.rollcall.connector.rules.Step;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.directory.Observation.RunMarker.Phase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Ends a run: a marker on every partition that it touched, each naming them all; then the
 * delta links count.
 */
final class FinishStep {

	private static final Logger log = LoggerFactory.getLogger(FinishStep.class);

	private final Observations observations;

	private final SyncStates states;

	private final RunReport report;

	FinishStep(Observations observations, SyncStates states, RunReport report) {
		this.observations = observations;
		this.states = states;
		this.report = report;
	}

	Mono<Void> perform(Tenure tenure, Step.FinishRun step) {
		RunInHand run = step.run();
		return this.observations.mark(markers(tenure.connection(), run), run.isBulk())
			.then(this.report.read(tenure.connection(), run))
			.then(Mono.defer(() -> this.states.save(tenure.state().finished(step.lane(), run))))
			.doOnNext((state) -> {
				tenure.state(state);
				tenure.finished(step.lane());
				log.info("Connection {}: {} run {} has read everything: {}", tenure.id(), run.mode(), run.id(),
						run.counts());
			})
			.then();
	}

	private List<RunMarker> markers(Connection connection, RunInHand run) {
		SortedSet<Integer> touched = new TreeSet<>(run.touched());
		if (touched.isEmpty()) {
			touched.add(this.observations.partitionOf(connection.id() + ":" + run.id()));
		}
		List<Integer> partitions = List.copyOf(touched);
		return partitions.stream()
			.map((partition) -> (RunMarker) new Observation.RunMarker(connection.organization(), connection.id(),
					run.id(), run.mode(), run.trigger(), Phase.READ, partition, partitions, run.startedWith(),
					run.counts()))
			.toList();
	}

}
