/**
 * The order of steps, and the ports they need. {@code Reconciling} applies one batch of
 * one partition: merge facts, write facts, only then read what the decisions need,
 * decide, write accounts and teams together with their pending changes, publish, count.
 * Redelivery is the outbox: a batch that fails anywhere is applied again from its first
 * offset, and ends the same.
 */
@NullMarked
package io.rollcall.reconciler.flow;

import org.jspecify.annotations.NullMarked;
