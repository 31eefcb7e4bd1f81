/**
 * The life of connections: people's acts on them, who owns them, the loop that reads each
 * one, and the one that keeps the subscriptions of each source.
 */
@NullMarked
package io.rollcall.connector.flow.connection;

import org.jspecify.annotations.NullMarked;
