package io.rollcall.notifier.rules;

import io.rollcall.model.OrganizationId;

/**
 * Whose inbox: recipient ids are unique within an organization only, so the two always
 * travel together.
 */
public record InboxId(OrganizationId organization, String recipient) {

	public InboxId {
		if (!recipient.matches("[^:\\s\\p{Cntrl}]{1,128}")) {
			throw new IllegalArgumentException(
					"recipient id '%s' must have 1 to 128 characters, without a colon or white space"
						.formatted(recipient));
		}
	}

	/** Of a key. */
	public static InboxId parse(String key) {
		int colon = key.indexOf(':');
		return new InboxId(new OrganizationId(key.substring(0, colon)), key.substring(colon + 1));
	}

	/** As it appears in keys: {@code organization:recipient}. */
	@Override
	public String toString() {
		return this.organization + ":" + this.recipient;
	}

}
