package io.rollcall.reconciler.rules;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import org.jspecify.annotations.Nullable;

/**
 * One of the application's own users, memberships included.
 *
 * @param fields what the mapping gave, by field; an empty field is absent
 * @param emailKey what no two accounts of an organization share; null when it has none
 * @param commands the newest commands applied here
 * @param version 0 before it is stored; rises with every write and never restarts
 */
public record Account(OrganizationId organization, AccountId id, AccountStatus status, Map<String, String> fields,
		@Nullable String emailKey, @Nullable Link link, List<MemberOf> memberships, Staged staged, @Nullable Held held,
		List<String> commands, int rulesVersion, long version) {

	/** The fields every account must have. */
	public static final String DISPLAY_NAME = "displayName";

	public static final String EMAIL = "email";

	public Account {
		fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
		memberships = List.copyOf(memberships);
		commands = List.copyOf(commands);
	}

	/** The account's name for people. */
	public String name() {
		String name = this.fields.get(DISPLAY_NAME);
		return (name != null) ? name : this.id.value();
	}

	/** Whether it is linked to this object. */
	public boolean linkedTo(ObjectKey object) {
		return this.link != null && this.link.status() == Link.Status.LINKED && this.link.object().equals(object);
	}

}
