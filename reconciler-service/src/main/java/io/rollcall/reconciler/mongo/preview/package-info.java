/**
 * Drafts on MongoDB: <pre>
 * drafts {_id: connection, version, madeFrom, by?, at, rules?}
 * </pre>
 */
@NullMarked
package io.rollcall.reconciler.mongo.preview;

import org.jspecify.annotations.NullMarked;
