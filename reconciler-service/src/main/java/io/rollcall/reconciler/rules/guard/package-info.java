/** The guard: how much a sync may take away before a person is asked. */
@NullMarked
package io.rollcall.reconciler.rules.guard;

import org.jspecify.annotations.NullMarked;
