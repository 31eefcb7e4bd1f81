/**
 * Change notifications: who subscribed
 * ({@link io.rollcall.simulator.notifications.Subscriptions}), whether an endpoint is
 * really theirs ({@link io.rollcall.simulator.notifications.Handshake}), and the sending
 * ({@link io.rollcall.simulator.notifications.Deliveries}, which listens to every tenant;
 * {@code Endpoint} keeps the pace of one host as Graph does).
 */
@NullMarked
package io.rollcall.simulator.notifications;

import org.jspecify.annotations.NullMarked;
