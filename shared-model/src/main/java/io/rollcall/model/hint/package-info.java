/** What asks a connection's owner to look at Graph. */
@NullMarked
package io.rollcall.model.hint;

import org.jspecify.annotations.NullMarked;
