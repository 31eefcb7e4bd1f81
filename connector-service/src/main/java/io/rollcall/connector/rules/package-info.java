/**
 * What the connector decides, and nothing that it does: no clock, no random, no I/O.
 * {@link io.rollcall.connector.rules.SyncState} is what is stored of a connection's
 * reading, {@link io.rollcall.connector.rules.Due} says what is to be done for it.
 */
@NullMarked
package io.rollcall.connector.rules;

import org.jspecify.annotations.NullMarked;
