/**
 * What the numbers in README come from. {@code Benchmark} is the one command: it starts
 * the {@code pipe}, each part in its own {@code process}, runs what users feel and the
 * single stages ({@code scenario}), and prints a {@code Report}.
 */
@NullMarked
package io.rollcall.benchmarks;

import org.jspecify.annotations.NullMarked;
