package io.rollcall.reconciler.flow;

import java.util.List;

import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.event.Event;
import reactor.core.publisher.Mono;

/** What leaves for Kafka; each is done when every record is acknowledged. */
public interface Outbound {

	/** Changes, to the change log. */
	Mono<Void> changes(List<Pending> changes);

	/** Records for object owners, each to the partition of its key. */
	Mono<Void> observations(List<? extends Envelope<? extends Observation>> observations);

	/** A record to one named partition of the observations topic. */
	Mono<Void> observation(int partition, Envelope<? extends Observation> observation);

	/** Run and rules events and hints, each to the topic of its family. */
	Mono<Void> events(List<? extends Envelope<? extends Event>> events);

}
