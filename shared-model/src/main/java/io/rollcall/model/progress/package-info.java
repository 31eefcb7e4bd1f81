/**
 * What the coordinator of a connection is told, by the connector, by apply, and by
 * people's acts. Internal: people read run events.
 */
@NullMarked
package io.rollcall.model.progress;

import org.jspecify.annotations.NullMarked;
