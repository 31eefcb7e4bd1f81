/**
 * What was observed of a tenant, and the records under a directory object's key that ask
 * its owner to act.
 */
@NullMarked
package io.rollcall.model.directory;

import org.jspecify.annotations.NullMarked;
