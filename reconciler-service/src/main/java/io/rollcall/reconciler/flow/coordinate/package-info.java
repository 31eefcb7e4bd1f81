/**
 * One connection's runs, guard, held sets, sweeps and evaluations. What apply, the
 * connector and people tell is stored as it comes ({@code Coordinator}); one loop a
 * connection ({@code ConnectionLoop}) folds it into the connection's {@code Coordination}
 * and its {@code Run}s, in order, and does what these say is due. Everything that is done
 * follows from what is stored, so that it can be done again.
 */
@NullMarked
package io.rollcall.reconciler.flow.coordinate;

import org.jspecify.annotations.NullMarked;
