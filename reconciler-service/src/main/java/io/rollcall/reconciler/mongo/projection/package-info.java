/** What the projection reads of accounts and teams. */
@NullMarked
package io.rollcall.reconciler.mongo.projection;

import org.jspecify.annotations.NullMarked;
