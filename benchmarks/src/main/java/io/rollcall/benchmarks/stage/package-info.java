/**
 * Each stage of the pipe alone, with the services' own code, on what the stage before it
 * made. {@code Meter} counts time and everybody's CPU time; {@code Stages} runs them in
 * order.
 */
@NullMarked
package io.rollcall.benchmarks.stage;

import org.jspecify.annotations.NullMarked;
