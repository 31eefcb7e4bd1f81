package io.rollcall.model.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.rollcall.model.Codes;

/**
 * A failure: a code and what the sentence about it needs. Never prose: whoever talks to
 * people has the words, in their language, and what to do about it.
 *
 * @param parameters by name; {@code detail} is what the other side said, as it said it,
 * and {@code code} its own error code
 * @param needsPerson whether it stays until a person acts; otherwise it is retried with
 * backoff
 */
public record Problem(Code code, Map<String, String> parameters, boolean needsPerson) {

	public Problem {
		parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
	}

	@JsonCreator
	static Problem read(String code, Map<String, String> parameters, boolean needsPerson) {
		return Codes.read(Code.UNKNOWN, code, parameters, (known, all) -> new Problem(known, all, needsPerson));
	}

	/** What a person must look at, with one parameter. */
	public static Problem forPerson(Code code, String parameter, String value) {
		return new Problem(code, Map.of(parameter, value), true);
	}

	/** What kind of failure, for machines; open, see {@link Codes}. */
	public enum Code {

		CREDENTIAL_REJECTED, CREDENTIAL_EXPIRED, TENANT_NOT_FOUND, APPLICATION_NOT_FOUND, CONSENT_MISSING,
		PERMISSION_MISSING, GRAPH_UNREACHABLE, GRAPH_THROTTLED, GRAPH_FAILED, RESPONSE_UNREADABLE, SUBSCRIPTION_FAILED,
		/** A delta link or page link does not work any more: the chain begins anew. */
		LINK_EXPIRED,
		/** Graph refuses an attribute that the rules map; {@code attribute}. */
		ATTRIBUTE_REFUSED,
		/** The owner of the connection changed, or ended, in the middle of a run. */
		OWNER_CHANGED,
		/** Records were deleted before they were read; {@code topic}. */
		RECORDS_LOST,
		/** The database was restored from a backup that is older than what was told. */
		DATABASE_RESTORED,
		/** Records of a partition are missing: what was not seen there stays. */
		RECORDS_MISSING,
		/** Applying what this connection sends fails again and again; {@code detail}. */
		SET_ASIDE,
		/** A record, or a cell of one, is not what its type says; {@code detail}. */
		RECORD_UNREADABLE,
		/** A record is of a type that its reader does not know; {@code type}. */
		RECORD_UNKNOWN,
		/** A record is not where its type belongs; {@code type}. */
		RECORD_MISPLACED,
		/** What a person asked for, of a connection that is set aside. */
		RECORD_PASSED_OVER,
		/** A person paused or deactivated the connection. */
		STOPPED, INTERNAL,
		/** Only ever read: a code of a later version; {@code unknown}: its text. */
		UNKNOWN

	}

}
