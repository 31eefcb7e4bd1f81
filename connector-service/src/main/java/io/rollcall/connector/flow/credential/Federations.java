package io.rollcall.connector.flow.credential;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** The issuers whose tokens an application may trust, as they are configured here. */
public interface Federations {

	/** All of them, with what their tokens say at the moment. */
	List<Federation> all();

	boolean has(String name);

	/**
	 * One of them: issuer, subject and audience are what is to be entered at Entra,
	 * letter by letter.
	 *
	 * @param endsAt when the present token ends
	 * @param problem why there is no usable token at the moment
	 */
	record Federation(String name, @Nullable String issuer, @Nullable String subject, @Nullable String audience,
			@Nullable Instant endsAt, @Nullable String problem) {
	}

}
