package io.rollcall.notifier.mongo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.rollcall.notifier.flow.FiledAlert;
import io.rollcall.notifier.rules.InboxId;
import reactor.core.publisher.Mono;

/**
 * The largest cursors as this instance last wrote them. One that is outdated does no
 * harm: the number behind it is taken, so the write fails and the inbox is looked up.
 * That would not hold once the alert with that number had expired, so nothing is known
 * for longer than a minute.
 */
final class KnownCursors {

	private static final long FRESH = Duration.ofMinutes(1).toNanos();

	private static final int MOST = 10_000;

	private final Map<InboxId, Known> cursors = new ConcurrentHashMap<>();

	Mono<Long> known(InboxId inbox) {
		Known known = this.cursors.get(inbox);
		return (known != null && System.nanoTime() - known.since() < FRESH) ? Mono.just(known.last()) : Mono.empty();
	}

	void learn(List<FiledAlert> alerts) {
		if (this.cursors.size() > MOST) {
			this.cursors.clear();
		}
		long now = System.nanoTime();
		alerts.forEach((alert) -> this.cursors.merge(alert.alert().inbox(), new Known(alert.cursor(), now),
				(before, after) -> (before.last() > after.last()) ? before : after));
	}

	void forget(List<FiledAlert> alerts) {
		alerts.forEach((alert) -> this.cursors.remove(alert.alert().inbox()));
	}

	private record Known(long last, long since) {
	}

}
