/**
 * The guard: how much a sync may take away before a person is asked.
 * {@link io.rollcall.reconciler.rules.guard.StagedItem} is what would be taken away from
 * one account or team, {@link io.rollcall.reconciler.rules.guard.SetTally} counts them
 * and names exactly that set by a hash,
 * {@link io.rollcall.reconciler.rules.guard.GuardPolicy} answers whether the set goes
 * through.
 */
@NullMarked
package io.rollcall.reconciler.rules.guard;

import org.jspecify.annotations.NullMarked;
