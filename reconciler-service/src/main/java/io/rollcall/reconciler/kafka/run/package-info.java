/** How the end of a run knows the partitions its records travel on. */
@NullMarked
package io.rollcall.reconciler.kafka.run;

import org.jspecify.annotations.NullMarked;
