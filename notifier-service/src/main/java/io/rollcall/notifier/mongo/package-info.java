/**
 * Recipients, inboxes, mails and states in MongoDB, each a port of {@code flow}. A
 * collection is prepared (indexes, expiry) before its first use, not at start, so that
 * the service starts without a database and recovers by itself.
 */
@NullMarked
package io.rollcall.notifier.mongo;

import org.jspecify.annotations.NullMarked;
