/**
 * The current state that host applications read. {@code Projection} takes a batch of the
 * change log, reads the documents that changed again through {@code CurrentStates}, and
 * says what the compacted topics must hold of them; the Kafka adapter that drives it
 * writes that in one transaction with its offsets.
 */
@NullMarked
package io.rollcall.reconciler.flow.projection;

import org.jspecify.annotations.NullMarked;
