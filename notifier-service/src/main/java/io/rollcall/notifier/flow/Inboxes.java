package io.rollcall.notifier.flow;

import java.util.Collection;
import java.util.List;

import io.rollcall.notifier.rules.Alert;
import io.rollcall.notifier.rules.InboxId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The inboxes of the recipients. */
public interface Inboxes {

	/**
	 * Files each alert once, however often it is handed in, behind everything that its
	 * inbox holds; see the package for what that promises to readers.
	 * @return all of them as they are filed, those of an earlier attempt included
	 */
	Mono<List<FiledAlert>> file(Collection<Alert> alerts);

	/**
	 * Remembers the cursors of alerts that were filed, so that their numbers are not used
	 * again when they have expired. Needed before their events are committed.
	 */
	Mono<Void> remember(List<FiledAlert> alerts);

	/**
	 * A page of the inbox, the newest first.
	 * @param before only what is older than this cursor, if given
	 */
	Flux<FiledAlert> page(InboxId inbox, @Nullable Long before, boolean unreadOnly, int limit);

	/** What came behind the cursor, the oldest first. */
	Flux<FiledAlert> after(InboxId inbox, long cursor, int limit);

	/** The largest cursor of the inbox, 0 if it never held anything. */
	Mono<Long> last(InboxId inbox);

	Mono<Long> unread(InboxId inbox);

	/** Says whether the inbox holds such an alert; read twice is read once. */
	Mono<Boolean> markRead(InboxId inbox, String alert);

	/** Marks everything up to the cursor as read; says how many that were. */
	Mono<Long> markAllRead(InboxId inbox, long upTo);

}
