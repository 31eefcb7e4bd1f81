package io.rollcall.reconciler.rules;

import java.util.Map;

import io.rollcall.model.change.HeldReason;
import io.rollcall.model.change.LeaverReason;
import org.jspecify.annotations.Nullable;

/** What the rules say about one directory user. */
public sealed interface Decision {

	/** Has an account, with these fields. */
	record Include(Map<String, String> fields, String emailKey) implements Decision {
	}

	/** Has no place here any more. */
	record Leave(LeaverReason reason) implements Decision {
	}

	/**
	 * Waits for a person, or for the directory to be mended; nothing is taken away.
	 *
	 * @param name what to call the user meanwhile
	 * @param sourceKey the e-mail key that the directory gives; null when it gives none
	 */
	record Hold(HeldReason reason, String detail, String name, @Nullable String sourceKey) implements Decision {
	}

	/** Not known well enough to decide, or nothing that has an account. */
	record Nothing() implements Decision {
	}

}
