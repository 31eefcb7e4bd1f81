package io.rollcall.notifier.rules;

import java.time.Duration;
import java.time.Instant;

import io.rollcall.model.run.RunEvent;
import org.jspecify.annotations.Nullable;

/**
 * Something about a connection that lasts until it ends, such as failing: told when it
 * begins, daily while it lasts, and when it ends.
 *
 * @param id its organization, its connection, its kind and what tells it from others of
 * the kind
 * @param event the {@code ce_id} of the event that began it
 * @param last what was said last of it
 * @param count how many events said that it is so
 * @param offset where the last event that it knows stands on its partition
 * @param remindAt when people are told next that it lasts; null when it has ended
 * @param reminders how often they were
 * @param revision guards writes; 0 for one that was never stored
 */
public record LastingState(String id, String event, RunEvent last, Instant since, long count, long offset,
		@Nullable Instant remindAt, int reminders, long revision) {

	private static final Duration EVERY = Duration.ofDays(1);

	static LastingState begin(String id, String event, RunEvent begun, long offset, Instant now, long revision) {
		return new LastingState(id, event, begun, begun.at(), 1, offset, now.plus(EVERY), 0, revision);
	}

	/** Said once more while it lasts. */
	LastingState again(RunEvent last, long offset) {
		return new LastingState(this.id, this.event, last, this.since, this.count + 1, offset, this.remindAt,
				this.reminders, this.revision);
	}

	LastingState end(RunEvent last, long offset) {
		return new LastingState(this.id, this.event, last, this.since, this.count, offset, null, this.reminders,
				this.revision);
	}

	public LastingState reminded(Instant now) {
		return new LastingState(this.id, this.event, this.last, this.since, this.count, this.offset, now.plus(EVERY),
				this.reminders + 1, this.revision);
	}

	public boolean open() {
		return this.remindAt != null;
	}

	/**
	 * Whether an event is new to it. Its offset alone would not do, as a topic may have
	 * been made anew, nor its time, as clocks differ.
	 */
	boolean isBefore(RunEvent event, long offset) {
		return offset > this.offset || event.at().isAfter(this.last.at());
	}

}
