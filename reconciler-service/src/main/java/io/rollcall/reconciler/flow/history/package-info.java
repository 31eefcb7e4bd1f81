/**
 * What became of every account and team, version by version: the change log, kept longer
 * than its topic keeps it. {@code kafka} reads the topic and adds to {@code Histories};
 * {@code web} asks it. What a run made first is not kept, as everybody has that and it
 * says nothing: the first version of what a run creates.
 */
@NullMarked
package io.rollcall.reconciler.flow.history;

import org.jspecify.annotations.NullMarked;
