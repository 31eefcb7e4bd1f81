/** Rules before they hold: drafts, and what they would do. */
@NullMarked
package io.rollcall.reconciler.flow.preview;

import org.jspecify.annotations.NullMarked;
