/**
 * A Microsoft Graph that a real client cannot tell from the real one, for users, groups,
 * administrative units, subscriptions and tokens, with life and faults on demand.
 * <p>
 * {@code tenant} is the directory itself, computed from a size and a seed. {@code graph}
 * answers Graph's calls out of it, {@code identity} gives tokens, {@code notifications}
 * tells subscribers, {@code faults} says what goes wrong, {@code script} lets things
 * happen, and {@code control} is the door through which a test or a person directs all
 * that. {@link io.rollcall.simulator.SimulatorApplication} wires them.
 */
@NullMarked
package io.rollcall.simulator;

import org.jspecify.annotations.NullMarked;
