package io.rollcall.reconciler.flow.coordinate;

import java.time.InstantSource;

import io.rollcall.reconciler.flow.apply.Outbound;

/** What a coordinator works with. */
public record Ports(Coordinations coordinations, Runs runs, StagedEntries entries, ToDecide toDecide,
		Directory directory, Nestings nestings, Connections connections, Outbound outbound, InstantSource clock) {
}
