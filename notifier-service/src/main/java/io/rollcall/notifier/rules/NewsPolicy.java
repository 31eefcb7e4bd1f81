package io.rollcall.notifier.rules;

import java.util.Optional;

import io.rollcall.model.change.Change;
import io.rollcall.model.event.Envelope;
import io.rollcall.model.run.RunEvent;

/** Says whether an event is news, and of what kind. */
final class NewsPolicy {

	private NewsPolicy() {
	}

	/** A bulk change is told by its run's digest, never alone. */
	static boolean isToldAlone(Envelope<?> change) {
		return !change.bulk();
	}

	/** The news in an event; none for what only machines wait for. */
	static Optional<News> newsOf(Envelope<?> envelope) {
		return switch (envelope.event()) {
			case Change change -> isToldAlone(envelope) ? Optional.of(ChangeNews.of(change)) : Optional.empty();
			case RunEvent event -> RunNews.of(event);
			default -> Optional.empty();
		};
	}

}
