/**
 * The order of steps, in plain Java: what happens runs on the thread that calls, ports
 * return values. {@code connection} has the life of connections and the loops of those
 * that are owned, {@code read} what is read of Graph and published, {@code hint} what
 * comes in by change notifications. Here is what all of them speak of.
 */
@NullMarked
package io.rollcall.connector.flow;

import org.jspecify.annotations.NullMarked;
