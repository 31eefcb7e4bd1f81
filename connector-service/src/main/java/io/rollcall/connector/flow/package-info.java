/**
 * The order of steps, in plain Java: what happens runs on the thread that calls, ports
 * return values. {@code connection} has the life of connections and the loop of each that
 * is owned, {@code read} what is read of Graph and published, {@code subscription} the
 * change notifications that Graph is asked for, {@code hint} what comes in by them. Here
 * is what all of them speak of.
 */
@NullMarked
package io.rollcall.connector.flow;

import org.jspecify.annotations.NullMarked;
