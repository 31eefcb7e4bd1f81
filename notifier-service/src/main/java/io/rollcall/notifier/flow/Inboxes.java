package io.rollcall.notifier.flow;

import java.util.Collection;
import java.util.List;

import io.rollcall.notifier.rules.Alert;
import io.rollcall.notifier.rules.InboxId;
import org.jspecify.annotations.Nullable;

/**
 * The inboxes of the recipients. An inbox also keeps what its recipient does not want to
 * see there but by e-mail; only {@link #toMail} shows that.
 */
public interface Inboxes {

	/**
	 * Files each alert once, however often it is handed in, behind everything that its
	 * inbox holds; see the package for what that promises to readers.
	 * @return all of them as they are filed, those of an earlier attempt included
	 */
	List<FiledAlert> file(Collection<Alert> alerts);

	/**
	 * A page of the inbox, the newest first.
	 * @param before only what is older than this cursor, if given
	 */
	List<FiledAlert> page(InboxId inbox, @Nullable Long before, boolean unreadOnly, int limit);

	/** What came behind the cursor, the oldest first. */
	List<FiledAlert> after(InboxId inbox, long cursor, int limit);

	/** What is to be mailed behind one cursor and up to another, the oldest first. */
	List<FiledAlert> toMail(InboxId inbox, long after, long upTo, int limit);

	/** The largest cursor of the inbox, 0 if it never held anything. */
	long last(InboxId inbox);

	long unread(InboxId inbox);

	/** Says whether the inbox holds such an alert; read twice is read once. */
	boolean markRead(InboxId inbox, String alert);

	/** Marks everything up to the cursor as read; says how many that were. */
	long markAllRead(InboxId inbox, long upTo);

}
