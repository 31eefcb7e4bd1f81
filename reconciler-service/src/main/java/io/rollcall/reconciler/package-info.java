/**
 * The reconciler: owns facts, rules, accounts, teams and the change log. {@code kafka}
 * hands batches of observations to {@code flow}, which loads and saves through its ports
 * ({@code mongo}, {@code kafka}) and asks {@code rules} what to do; {@code web} is how
 * people look and act. The wiring is in this package.
 */
@NullMarked
package io.rollcall.reconciler;

import org.jspecify.annotations.NullMarked;
