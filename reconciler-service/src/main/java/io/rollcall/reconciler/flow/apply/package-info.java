/**
 * Batches of observations become facts, accounts, teams, changes and states.
 * {@code Apply} is the list of steps. Redelivery is the outbox: what a write has to tell
 * stands in the written document with its cause, and is told again until the cause's
 * offset is committed. {@code RestoredDatabase} is for the day on which the database lost
 * what was told.
 */
@NullMarked
package io.rollcall.reconciler.flow.apply;

import org.jspecify.annotations.NullMarked;
