package io.rollcall.notifier.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.rollcall.model.alert.AlertRaised.Severity;
import io.rollcall.model.change.Tally;
import org.jspecify.annotations.Nullable;

/**
 * What waits for a recipient, on its way into one mail that stays short: one alert is
 * told as it is; of many, changes become counts with the first names, and of all else the
 * first are told whole.
 */
public final class MailDraft {

	private static final int MOST_WHOLE = 10;

	private final List<Alert> whole = new ArrayList<>();

	private int wholes;

	private Tally tally = Tally.NONE;

	private int changes;

	private @Nullable Alert newest;

	private @Nullable Alert oneChange;

	/** In the order in which they came. */
	public void add(Alert alert) {
		this.newest = alert;
		if (alert.change().isEmpty()) {
			this.wholes++;
			if (this.whole.size() < MOST_WHOLE) {
				this.whole.add(alert);
			}
		}
		else {
			this.changes++;
			this.tally = this.tally.plus(alert.change());
			this.oneChange = alert;
		}
	}

	/** The mail; null when nothing waits. */
	public @Nullable Mail mail(Recipient to, String key) {
		if (this.newest == null) {
			return null;
		}
		Words words = Words.in(to.language());
		List<Text> sections = new ArrayList<>(this.whole.stream().map(Alert::text).toList());
		if (this.wholes > this.whole.size()) {
			sections.add(new Text(words.text("mail.more", Map.of("count", this.wholes - this.whole.size())), List.of(),
					null, List.of()));
		}
		if (this.changes == 1 && this.oneChange != null) {
			sections.add(this.oneChange.text());
		}
		else if (this.changes > 1) {
			sections.add(new Text(words.text("mail.changes", Map.of("count", this.changes)), List.of(), null,
					words.figures(this.tally)));
		}
		return new Mail(key, to, severity(), subject(words, sections), sections, this.newest.at());
	}

	private String subject(Words words, List<Text> sections) {
		String title = this.whole.stream()
			.max(Comparator.comparing(Alert::severity)
				.thenComparing(Comparator.comparing(this.whole::indexOf).reversed()))
			.map((alert) -> alert.text().title())
			.orElseGet(() -> sections.getFirst().title());
		int more = this.wholes + this.changes - 1;
		return (this.whole.isEmpty() || more == 0) ? title
				: words.text("mail.subject", Map.of("title", title, "more", more));
	}

	private Severity severity() {
		return this.whole.stream().map(Alert::severity).max(Comparator.naturalOrder()).orElse(Severity.INFO);
	}

}
