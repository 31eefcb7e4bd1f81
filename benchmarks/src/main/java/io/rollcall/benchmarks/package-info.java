/**
 * What the numbers in README come from. {@code Benchmark} is the one command: it starts
 * the {@code pipe}, runs the single stages ({@code stage}) and what users feel
 * ({@code scenario}), each part in its own {@code process}, and prints a {@code Report}.
 */
@NullMarked
package io.rollcall.benchmarks;

import org.jspecify.annotations.NullMarked;
