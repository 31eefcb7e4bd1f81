/** What the rules changed: the change log of accounts and teams. */
@NullMarked
package io.rollcall.model.change;

import org.jspecify.annotations.NullMarked;
