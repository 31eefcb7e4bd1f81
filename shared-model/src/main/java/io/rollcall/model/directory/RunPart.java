package io.rollcall.model.directory;

import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.run.RunMode;

/**
 * That a record belongs to a run.
 *
 * @param number its place among the records of the run's phase on its topic partition,
 * from 1; the phase's marker says the last one
 * @param startedAt the stamp the run started with; {@link Stamp#NONE} where Graph is not
 * asked
 */
public record RunPart(RunId id, RunMode mode, RunPhase phase, int number, Stamp startedAt) {
}
