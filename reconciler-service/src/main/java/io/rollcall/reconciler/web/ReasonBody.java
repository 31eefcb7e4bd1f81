package io.rollcall.reconciler.web;

import java.util.Map;

import io.rollcall.model.Reason;
import org.jspecify.annotations.Nullable;

/** Why something is as it is: a code, and what a sentence about it needs. */
record ReasonBody(String code, Map<String, String> parameters) {

	static @Nullable ReasonBody of(@Nullable Reason reason) {
		return (reason != null) ? new ReasonBody(reason.code().name(), reason.parameters()) : null;
	}

}
