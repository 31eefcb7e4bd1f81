/**
 * Processes of our own, so that memory and CPU time of each part are its own: a
 * {@code Child} is a JVM that ends when we do, {@code Usage} is what a process has cost
 * so far.
 */
@NullMarked
package io.rollcall.benchmarks.process;

import org.jspecify.annotations.NullMarked;
