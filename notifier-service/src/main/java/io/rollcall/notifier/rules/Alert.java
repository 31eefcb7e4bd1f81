package io.rollcall.notifier.rules;

import java.time.Instant;

import io.rollcall.model.alert.AlertRaised.Severity;
import org.jspecify.annotations.Nullable;

/**
 * An alert in one recipient's language.
 *
 * @param event {@code ce_id} of the event that it tells of
 * @param type what kind of news, for machines, such as {@code AccountUpdated}
 * @param subject the account, team, run or connection that it is about
 * @param at when it happened
 */
public record Alert(InboxId inbox, String event, String type, Severity severity, String title, String body,
		@Nullable String subject, Instant at) {

	/** {@code recipient:ce_id}: the same event never alerts the same recipient twice. */
	public String id() {
		return this.inbox.recipient() + ":" + this.event;
	}

	/**
	 * The id across organizations, whose recipients and accounts may have the same ids.
	 */
	public String key() {
		return this.inbox + ":" + this.event;
	}

}
