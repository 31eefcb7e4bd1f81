/** What the numbers in README come from: each class measures one thing and prints it. */
@NullMarked
package io.rollcall.benchmarks;

import org.jspecify.annotations.NullMarked;
