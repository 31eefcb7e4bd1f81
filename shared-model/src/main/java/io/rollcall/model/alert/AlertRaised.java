package io.rollcall.model.alert;

import java.time.Instant;

import io.rollcall.model.OrganizationId;
import io.rollcall.model.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * An in-app alert for one recipient.
 *
 * @param alert {@code recipient:ce_id} of the event it tells of: the same event never
 * alerts the same recipient twice
 * @param subject what it is about: an account, a team, a run or a connection id
 */
public record AlertRaised(OrganizationId organization, String recipient, String alert, Severity severity, String title,
		String body, @Nullable String subject, Instant at) implements Event {

	@Override
	public String key() {
		return this.organization + ":" + this.recipient;
	}

	/** How much it matters. */
	public enum Severity {

		INFO, WARNING, ERROR

	}

}
