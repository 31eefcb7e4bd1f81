/**
 * What people ask for. Nothing here writes what a directory object's partition or a
 * connection's coordinator owns: an act is published, and answered when its effect is
 * stored.
 */
@NullMarked
package io.rollcall.reconciler.flow.act;

import org.jspecify.annotations.NullMarked;
