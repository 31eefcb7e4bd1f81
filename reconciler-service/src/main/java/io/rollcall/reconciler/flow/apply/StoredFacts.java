package io.rollcall.reconciler.flow.apply;

import io.rollcall.model.RunId;
import io.rollcall.model.SourceId;
import io.rollcall.model.hint.Hint;
import io.rollcall.reconciler.rules.Facts;
import org.jspecify.annotations.Nullable;

/**
 * Facts as they are stored.
 *
 * @param command the last command that was obeyed
 * @param says what the last write has to tell; it goes with the next
 */
public record StoredFacts(Facts facts, @Nullable Origin command, @Nullable Says says) {

	/**
	 * What a write makes others do.
	 *
	 * @param changed whether it came, went, or is in other containers now
	 * @param wanted why it is to be read by id; null when it is not
	 */
	public record Says(Origin cause, @Nullable RunId run, boolean changed, Hint.ObjectWanted.@Nullable Why wanted,
			@Nullable SourceId source) {
	}

}
