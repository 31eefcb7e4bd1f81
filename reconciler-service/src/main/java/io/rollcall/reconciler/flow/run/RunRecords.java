package io.rollcall.reconciler.flow.run;

import java.util.Collection;

import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.model.run.RunEvent;
import reactor.core.publisher.Mono;

/** What runs publish; each ends when all of it is acknowledged. */
public interface RunRecords {

	/** The partition that an object's records travel on. */
	int partitionOf(Observation record);

	/** Publishes to the partition of each record's key. */
	Mono<Void> observations(Collection<? extends Envelope<? extends Observation>> records);

	/** Publishes to one partition. */
	Mono<Void> observation(int partition, Envelope<? extends Observation> record);

	/** Publishes the life of runs. */
	Mono<Void> event(Envelope<? extends RunEvent> event);

	/** Publishes what a connection's rules need. */
	Mono<Void> rules(Envelope<RulesPublished> event);

}
