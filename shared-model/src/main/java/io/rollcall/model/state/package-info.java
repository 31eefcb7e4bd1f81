/** The compacted current state that a host application reads. */
@NullMarked
package io.rollcall.model.state;

import org.jspecify.annotations.NullMarked;
