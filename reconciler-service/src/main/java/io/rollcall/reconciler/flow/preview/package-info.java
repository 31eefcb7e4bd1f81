/**
 * Rules before they hold: {@code Drafts}, and what rules would do to everybody. People
 * ask for a {@code Preview} ({@code web}); {@code Previewer} brings it on, on a thread of
 * its own: it walks as a RULES run does, and has each batch decided by a {@code DryRun},
 * which is {@code flow.apply}'s {@code Apply} between other ports. What that would write
 * becomes {@code Outcomes}, which later batches read first, and people in the end.
 */
@NullMarked
package io.rollcall.reconciler.flow.preview;

import org.jspecify.annotations.NullMarked;
