/**
 * What follows when observations were deleted before they were applied.
 * {@code LostObservations} tells people and has every connection of
 * {@code KnownConnections} read again.
 */
@NullMarked
package io.rollcall.reconciler.flow.loss;

import org.jspecify.annotations.NullMarked;
