/**
 * The whole pipe for one benchmark: {@code Furniture} is broker, mongod and simulator,
 * {@code Services} are ours, each a process; {@code Graph} talks to the simulator,
 * {@code Watch} looks at topics and database, {@code Cost} says what something cost,
 * {@code Relay} stands between Graph and the webhook.
 */
@NullMarked
package io.rollcall.benchmarks.pipe;

import org.jspecify.annotations.NullMarked;
