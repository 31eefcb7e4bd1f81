package io.rollcall.reconciler.rules;

import org.jspecify.annotations.Nullable;

/** What a decision reads of the containers that an object is in. */
public interface Containers {

	/** Nothing was read of any. */
	Containers UNREAD = (container) -> null;

	/** A container's facts; null where nothing was observed of it. */
	@Nullable Facts facts(Container container);

}
