package io.rollcall.connector.flow.selftest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.rollcall.connector.flow.selftest.Probes.Said;
import org.jspecify.annotations.Nullable;

/**
 * The result of a check: codes and parameters, never prose.
 *
 * @param about the feature or resource that it is about, if there are several
 * @param parameters what a sentence about it needs
 * @param cure what to do; null where nothing has to be done
 * @param error what Entra or Graph said, if they refused
 */
public record Line(Check check, @Nullable String about, State state, Map<String, String> parameters,
		@Nullable Cure cure, @Nullable Said error) {

	public Line {
		parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
	}

	/** How a check ended. */
	public enum State {

		PASSED, WARNING, FAILED, SKIPPED

	}

	/** What to do, where the error's own code does not tell it. */
	public enum Cure {

		SAVE_CREDENTIAL, GRANT_PERMISSION, GRANT_OR_SWITCH_OFF, SWITCH_OFF, GRANT_READING, SET_PUBLIC_URL, SET_CLOCK,
		RENEW_CREDENTIAL, TYPE_END, LOOK_UP, REACH_MICROSOFT, FIRST_THAT

	}

}
