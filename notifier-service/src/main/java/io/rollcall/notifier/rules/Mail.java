package io.rollcall.notifier.rules;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.alert.AlertRaised.Severity;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail to one recipient, in words but without looks.
 *
 * @param key the same for the same recipient and event, however often it is composed
 * @param to the e-mail address
 * @param paragraphs what happened
 * @param action what the reader should do, if anything
 * @param figures counts to show as a table
 */
public record Mail(String key, InboxId inbox, String to, String name, Language language, Severity severity,
		String subject, List<String> paragraphs, @Nullable String action, List<Figure> figures, Instant at) {

	public Mail {
		paragraphs = List.copyOf(paragraphs);
		figures = List.copyOf(figures);
	}

	/** A labelled count. */
	public record Figure(String label, long count) {
	}

}
