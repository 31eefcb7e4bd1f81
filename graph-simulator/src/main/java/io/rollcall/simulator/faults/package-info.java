/**
 * What goes wrong on demand: {@link io.rollcall.simulator.faults.Faults} holds the rules
 * that the control API set, and is asked by the {@code graph} and {@code identity}
 * packages before each answer.
 */
@NullMarked
package io.rollcall.simulator.faults;

import org.jspecify.annotations.NullMarked;
