/**
 * The end of a run. {@code RunProgress} takes each record about a run and drives the run
 * through its {@code RunPhase}s: markers of every partition, the sweep of a FULL run,
 * gathering what is staged, the guard's judgement, the release of what went through, the
 * completion. Each phase is one {@code PhaseStep}; how far a run is ({@code RunWork}) is
 * stored before a phase is worked on, so that any record may be delivered again.
 * {@code HeldSetJudgement} does what people say about held sets;
 * {@code MemberEvaluations} asks for decisions over stored facts; a run whose groups led
 * to some waits until they are asked for and decided.
 */
@NullMarked
package io.rollcall.reconciler.flow.run;

import org.jspecify.annotations.NullMarked;
