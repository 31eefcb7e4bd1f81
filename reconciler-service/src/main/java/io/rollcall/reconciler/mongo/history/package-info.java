/** The history of accounts and teams, a document a change. */
@NullMarked
package io.rollcall.reconciler.mongo.history;

import org.jspecify.annotations.NullMarked;
