package io.rollcall.reconciler.flow.apply;

import java.time.Instant;

import io.rollcall.reconciler.rules.Account;
import org.jspecify.annotations.Nullable;

/**
 * An account as it is stored.
 *
 * @param command the last of people's acts that was obeyed; null where none was
 * @param pending what the last write has to tell; it goes with the next
 */
public record StoredAccount(Account account, @Nullable Origin command, @Nullable Pending pending, Instant writtenAt) {

	/** One that obeyed no act. */
	public StoredAccount(Account account, @Nullable Pending pending, Instant writtenAt) {
		this(account, null, pending, writtenAt);
	}

}
