/** The coordinator on Kafka: what is told comes in, what is asked and told goes out. */
@NullMarked
package io.rollcall.reconciler.kafka.coordinate;

import org.jspecify.annotations.NullMarked;
