package io.rollcall.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonCreator;

/**
 * Why something is as it is: a code and what the sentence about it needs. Never prose:
 * whoever talks to people has the words, in their language.
 *
 * @param parameters by name, such as {@code email} or {@code team}; which ones a code has
 * is said beside the code
 */
public record Reason(Code code, Map<String, String> parameters) {

	public Reason {
		parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
	}

	@JsonCreator
	static Reason read(String code, Map<String, String> parameters) {
		return Codes.read(Code.UNKNOWN, code, parameters, Reason::new);
	}

	public static Reason of(Code code) {
		return new Reason(code, Map.of());
	}

	public static Reason of(Code code, String parameter, String value) {
		return new Reason(code, Map.of(parameter, value));
	}

	/** What the reason is; open, see {@link Codes}. */
	public enum Code {

		/** The rules include this user. */
		IN_SCOPE,
		/** The rules include this user again. */
		IN_SCOPE_AGAIN,
		/** An existing account matches this user; {@code matchedBy}. */
		MATCHED,
		/** The directory has other values now. */
		CHANGED_IN_DIRECTORY,
		/** Soft-deleted in the directory; may be restored within 30 days. */
		DELETED,
		/** Purged from the directory. */
		PURGED,
		/** The directory account is disabled, and the rules leave disabled users out. */
		DISABLED,
		/** The rules do not include this user; {@code rule}. */
		OUT_OF_SCOPE,
		/** A FULL run did not find this object. */
		UNSEEN,
		/** A person said to ignore this user. */
		IGNORED,
		/** Held: the directory has no display name, given name or surname. */
		NAME_MISSING,
		/** Held: the directory has no address that the rules accept. */
		EMAIL_MISSING,
		/** Held: the address is none; {@code email}. */
		EMAIL_INVALID,
		/** Held: the address belongs to another account; {@code email, holder, name}. */
		EMAIL_TAKEN,
		/** Held: a person must say which account it is; {@code email, holder, name}. */
		MATCH_DISPUTED,
		/** Waits: no account matches, and the rules make none by themselves. */
		AVAILABLE,
		/** Waits: a person took the account away from this user. */
		UNLINKED,
		/** Held: a person says whether it goes, as its user has left; {@code held}. */
		REMOVAL_QUEUED,
		/** Held: the last owner of an organization is never deactivated by a sync. */
		LAST_OWNER,
		/** What it was held for is gone; {@code held}: the former code. */
		HOLD_ENDED,
		/** The address belongs to another directory user now; {@code email}. */
		EMAIL_PASSED_ON,
		/** The directory user that waited has an account now. */
		HAS_ACCOUNT,
		/** A member of a container in the directory. */
		MEMBER_IN_DIRECTORY,
		/** No longer a member in the directory. */
		NO_MEMBER_IN_DIRECTORY,
		/** A container that the rules choose makes this team. */
		CONTAINER_CHOSEN,
		/** The team's container is gone, or no longer chosen. */
		CONTAINER_GONE,
		/** The team's container is there again. */
		CONTAINER_BACK,
		/** A person did it. */
		BY_HAND,
		/** A person imported it from a file. */
		IMPORTED,
		/** Only ever read: a code of a later version; {@code unknown}: its text. */
		UNKNOWN

	}

}
