/**
 * What the connector decides, and nothing that it does: no clock, no random, no I/O. The
 * centre is {@link io.rollcall.connector.rules.Agenda}, which looks at a connection's
 * {@link io.rollcall.connector.rules.SyncState} and says what its owner does next; around
 * it stand the smaller questions (when to ask again, how long to wait after a failure,
 * who must be told, how fast a bulk run may go). The flow calls these and does as they
 * say.
 */
@NullMarked
package io.rollcall.connector.rules;

import org.jspecify.annotations.NullMarked;
