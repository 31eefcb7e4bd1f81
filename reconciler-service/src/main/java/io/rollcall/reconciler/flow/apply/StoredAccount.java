package io.rollcall.reconciler.flow.apply;

import java.time.Instant;

import io.rollcall.reconciler.rules.Account;
import org.jspecify.annotations.Nullable;

/**
 * An account as it is stored.
 *
 * @param pending what the last write has to tell; it goes with the next
 */
public record StoredAccount(Account account, @Nullable Pending pending, Instant writtenAt) {
}
