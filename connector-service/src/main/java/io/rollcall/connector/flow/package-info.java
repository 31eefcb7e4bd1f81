/**
 * The order of steps, and the ports that the steps need. {@code Ownership} starts a
 * {@code TenureLoop} for each connection whose hint partition this instance was assigned,
 * and sees now and then that each of them is kept; the loop asks the rules' agenda what
 * is next and lets one of the steps ({@code PageStep}, {@code FinishStep},
 * {@code PersonStep}, {@code SubscriptionStep}) do it. {@code HintHandler} stores what
 * the hints topic brings and wakes the loop. {@code Webhook} and
 * {@code ConnectionLifecycle} are what the outside calls; what comes of it is told by
 * {@code ConnectionReport} and {@code RunReport}, what fails is dealt with by
 * {@code FailureStep}. A long run asks {@code Lags} before each slice of a page. Adapters
 * implement the interfaces.
 */
@NullMarked
package io.rollcall.connector.flow;

import org.jspecify.annotations.NullMarked;
