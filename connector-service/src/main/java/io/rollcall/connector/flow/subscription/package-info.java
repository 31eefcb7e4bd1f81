/** The change notifications of a source: asked for, renewed, seen to be there. */
@NullMarked
package io.rollcall.connector.flow.subscription;

import org.jspecify.annotations.NullMarked;
