package io.rollcall.notifier.web;

import io.rollcall.model.OrganizationId;
import io.rollcall.notifier.flow.Recipients;
import io.rollcall.notifier.rules.InboxId;
import io.rollcall.support.web.Problems;

/** What is named in paths. */
final class Paths {

	private Paths() {
	}

	/** The inbox of somebody who is a recipient. */
	static InboxId inbox(String organization, String recipient, Recipients recipients) {
		InboxId inbox = new InboxId(new OrganizationId(organization), recipient);
		if (recipients.find(inbox) == null) {
			throw Problems
				.notFound("Organization %s has no recipient %s. Those it has are at /api/organizations/%s/recipients"
					.formatted(organization, recipient, organization));
		}
		return inbox;
	}

}
