package io.rollcall.reconciler.flow.coordinate;

import java.time.InstantSource;

/** What a coordinator works with. */
public record Ports(Coordinations coordinations, Runs runs, StagedEntries entries, ToDecide toDecide,
		Directory directory, Nestings nestings, Connections connections, Publications publications, InstantSource clock) {
}
