package io.rollcall.notifier.rules;

import java.time.Duration;
import java.time.Instant;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.run.RunEvent;

/**
 * Something about a connection that lasts until it ends, such as failing: told when it
 * begins, daily while it lasts, and when it ends.
 *
 * @param id which one of the organization: its connection, its kind and what tells it
 * from others of the kind
 * @param event the {@code ce_id} of the event that began it
 * @param begun what began it, or what was said last of it
 * @param count how many events said it
 * @param offset where the last event that it knows stands on its partition
 * @param at when that happened
 * @param remindAt when people are told next that it lasts
 * @param reminders how often they were
 * @param revision guards writes; 0 for one that was never stored
 */
public record LastingState(OrganizationId organization, ConnectionId connection, String id, boolean open, String event,
		RunEvent begun, Instant since, long count, long offset, Instant at, Instant remindAt, int reminders,
		long revision) {

	private static final Duration EVERY = Duration.ofDays(1);

	static LastingState begin(String id, String event, RunEvent begun, long offset, Instant now, long revision) {
		return new LastingState(begun.organization(), begun.connection(), id, true, event, begun, begun.at(), 1, offset,
				begun.at(), now.plus(EVERY), 0, revision);
	}

	/** Said once more while it lasts. */
	LastingState again(RunEvent last, long offset) {
		return new LastingState(this.organization, this.connection, this.id, true, this.event, last, this.since,
				this.count + 1, offset, last.at(), this.remindAt, this.reminders, this.revision);
	}

	LastingState end(RunEvent last, long offset) {
		return new LastingState(this.organization, this.connection, this.id, false, this.event, this.begun, this.since,
				this.count, offset, last.at(), this.remindAt, this.reminders, this.revision);
	}

	public LastingState reminded(Instant now) {
		return new LastingState(this.organization, this.connection, this.id, this.open, this.event, this.begun,
				this.since, this.count, this.offset, this.at, now.plus(EVERY), this.reminders + 1, this.revision);
	}

	/**
	 * Whether an event is new to it. Its offset alone would not do, as a topic may have
	 * been made anew, nor its time, as clocks differ.
	 */
	boolean isBefore(RunEvent event, long offset) {
		return offset > this.offset || event.at().isAfter(this.at);
	}

}
