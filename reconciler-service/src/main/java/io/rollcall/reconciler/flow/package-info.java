/** What the parts of the reconciler share: a connection as it stands in the database. */
@NullMarked
package io.rollcall.reconciler.flow;

import org.jspecify.annotations.NullMarked;
