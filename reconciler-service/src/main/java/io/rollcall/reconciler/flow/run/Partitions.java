package io.rollcall.reconciler.flow.run;

import io.rollcall.model.directory.Observation;

/** Which partition a record travels on, by its key. */
@FunctionalInterface
public interface Partitions {

	int of(Observation record);

}
