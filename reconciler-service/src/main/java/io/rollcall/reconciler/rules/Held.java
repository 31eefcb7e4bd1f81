package io.rollcall.reconciler.rules;

import io.rollcall.model.change.HeldReason;
import org.jspecify.annotations.Nullable;

/**
 * A decision about an account that waits.
 *
 * @param wants the e-mail key that another account has: whoever gives it up has this one
 * decided again
 */
public record Held(HeldReason reason, String detail, @Nullable String wants) {
}
