package io.rollcall.reconciler.flow.run;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.event.Envelope;
import io.rollcall.reconciler.flow.Outbound;
import io.rollcall.reconciler.rules.guard.StagedItem;
import reactor.core.publisher.Mono;

/** Tells the owners of staged items that they are let go of. */
final class Releases {

	private final Outbound outbound;

	private final Partitions partitions;

	Releases(Outbound outbound, Partitions partitions) {
		this.outbound = outbound;
		this.partitions = partitions;
	}

	List<Envelope<StagedReleased>> of(OrganizationId organization, ConnectionId connection, RunId run,
			List<StagedItem> items, boolean bulk) {
		return items.stream()
			.map((item) -> RunEnvelopes
				.of(new StagedReleased(organization, connection, item.object(), run, item.release().toString()), bulk))
			.toList();
	}

	Set<Integer> partitions(List<Envelope<StagedReleased>> records) {
		return records.stream().map((record) -> this.partitions.of(record.event())).collect(Collectors.toSet());
	}

	Mono<Void> publish(List<Envelope<StagedReleased>> records) {
		return this.outbound.observations(List.copyOf(records));
	}

}
