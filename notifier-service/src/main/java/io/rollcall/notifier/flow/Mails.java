package io.rollcall.notifier.flow;

import java.time.Duration;
import java.util.List;

import io.rollcall.notifier.rules.InboxId;
import org.jspecify.annotations.Nullable;

/**
 * How far the recipients have been mailed what is filed in their inboxes. Nothing is
 * queued twice: a mail is made of the alerts between two cursors when it is sent.
 */
public interface Mails {

	/**
	 * Notes which mails are due of what was filed, and now and then how far cursors may
	 * go, so that none is used again when its alert has expired. Needed before their
	 * events are committed; harmless when it is done again.
	 */
	void note(List<FiledAlert> alerts);

	/**
	 * Takes the mail that has been due longest, so that nobody else takes it for a while;
	 * null when none is due.
	 */
	@Nullable Claim claim(Duration lease);

	/** Notes that the mail has come to its end; says whether the claim still held. */
	boolean done(Claim claim);

	/** Puts the mail back for a while; says whether the claim still held. */
	boolean postpone(Claim claim, Duration pause);

	/** How many recipients wait for a mail. */
	long waiting();

	/**
	 * The right to send a mail.
	 *
	 * @param after what is filed behind this cursor is in it
	 * @param upTo the last cursor that is in it, the same at every attempt
	 * @param attempts how often it has been claimed, this time included: a claim holds
	 * until the next one
	 */
	record Claim(InboxId inbox, long after, long upTo, int attempts) {

		public String mail() {
			return this.inbox + ":" + this.after + "-" + this.upTo;
		}

	}

}
