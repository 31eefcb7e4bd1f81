/**
 * What people ask for. Nothing here writes an account that a directory user owns: an act
 * is published as a record under the object's key, and answered when its effect is
 * stored. {@code RulesPublishing} stores rules and has everybody decided again;
 * {@code PeopleCommands} and {@code HeldSetApprovals} publish commands and wait for their
 * {@code Effects}.
 */
@NullMarked
package io.rollcall.reconciler.flow.act;

import org.jspecify.annotations.NullMarked;
