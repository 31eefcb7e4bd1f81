/**
 * Pure decisions: the same input gives the same answer, always. {@code FactsMerge} folds
 * cells into an object's {@code Facts}; {@code Decision} is what the {@code Rules} say of
 * a directory user; {@code AccountChanges} and {@code TeamChanges} turn that into the
 * next {@code Account} or {@code Team} and the change that led there; {@code ByHand} does
 * so for people's acts. No clock, no random, no I/O: times and ids are passed in.
 */
@NullMarked
package io.rollcall.reconciler.rules;

import org.jspecify.annotations.NullMarked;
