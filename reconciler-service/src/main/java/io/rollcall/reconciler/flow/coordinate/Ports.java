package io.rollcall.reconciler.flow.coordinate;

import java.time.InstantSource;

/** What a coordinator works with. */
public record Ports(ProgressEvents events, Coordinations coordinations, Runs runs, StagedEntries entries,
		HeldSets heldSets, ChangedContainers containers, Restates restates, Directory directory,
		Connections connections, Publications publications, InstantSource clock) {
}
