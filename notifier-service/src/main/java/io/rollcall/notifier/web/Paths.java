package io.rollcall.notifier.web;

import io.rollcall.model.OrganizationId;
import io.rollcall.notifier.flow.Recipients;
import io.rollcall.notifier.rules.InboxId;

/** Ids from paths, checked. */
final class Paths {

	private Paths() {
	}

	static OrganizationId organization(String value) {
		try {
			return new OrganizationId(value);
		}
		catch (IllegalArgumentException ex) {
			throw Problems.invalid(String.valueOf(ex.getMessage()));
		}
	}

	static InboxId inbox(String organization, String recipient) {
		try {
			return new InboxId(organization(organization), recipient);
		}
		catch (IllegalArgumentException ex) {
			throw Problems.invalid(String.valueOf(ex.getMessage()));
		}
	}

	/** The inbox of somebody who is a recipient. */
	static InboxId knownInbox(String organization, String recipient, Recipients recipients) {
		InboxId inbox = inbox(organization, recipient);
		if (recipients.find(inbox) == null) {
			throw Problems.unknownRecipient(inbox);
		}
		return inbox;
	}

}
