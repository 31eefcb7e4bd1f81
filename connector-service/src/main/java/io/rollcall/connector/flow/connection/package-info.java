/**
 * The life of connections: people's acts on them, who owns them, and the loop that reads
 * each one.
 */
@NullMarked
package io.rollcall.connector.flow.connection;

import org.jspecify.annotations.NullMarked;
