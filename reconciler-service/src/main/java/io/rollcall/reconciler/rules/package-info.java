/**
 * Pure decisions: the same input gives the same answer, always. {@code FactsMerge} folds
 * readings into an object's {@code Facts}, cell by cell; {@code Decisions} says what the
 * {@code Rules} mean for a directory user; {@code AccountChanges} and {@code TeamChanges}
 * turn that into the next {@code Account} or {@code Team} and the changes that led there.
 * No clock, no random, no I/O: times and ids are passed in.
 */
@NullMarked
package io.rollcall.reconciler.rules;

import org.jspecify.annotations.NullMarked;
