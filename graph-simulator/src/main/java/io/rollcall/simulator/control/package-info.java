/**
 * The control API, for tests and people; a real Graph has nothing like it. Each
 * {@code …Control} answers one part of {@code /control/…};
 * {@link io.rollcall.simulator.control.ControlRoutes} says which.
 */
@NullMarked
package io.rollcall.simulator.control;

import org.jspecify.annotations.NullMarked;
