package io.rollcall.notifier.rules;

import java.time.Instant;

import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.model.change.Tally;
import org.jspecify.annotations.Nullable;

/**
 * What one recipient is told of one event.
 *
 * @param event {@code ce_id} of the event that it tells of
 * @param type what kind of news, for machines, such as {@code AccountChanged.UPDATED}
 * @param subject the account, team, run or connection that it is about
 * @param change what it counts as where it is folded with others; {@link Tally#NONE} for
 * what is always told whole
 * @param inApp whether the recipient wants to see it in the inbox
 * @param at when it happened
 */
public record Alert(InboxId inbox, String event, String type, Severity severity, Text text, @Nullable String subject,
		Tally change, boolean inApp, Mailing mailing, Instant at) {

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

	/** Whether and when it is told by e-mail. */
	public enum Mailing {

		NONE,
		/** In one mail with what else comes within a minute. */
		GATHERED,
		/** At once, with whatever waits by then. */
		AT_ONCE

	}

}
