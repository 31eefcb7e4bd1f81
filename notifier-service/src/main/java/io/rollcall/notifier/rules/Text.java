package io.rollcall.notifier.rules;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What one person reads, in one language.
 *
 * @param action what to do, where something is to be done
 */
public record Text(String title, List<String> paragraphs, @Nullable String action, List<Figure> figures) {

	/** All but the title, as lines. */
	public String body() {
		List<String> lines = new ArrayList<>(this.paragraphs);
		this.figures.forEach((figure) -> lines.add(figure.line()));
		if (this.action != null) {
			lines.add(this.action);
		}
		return String.join("\n", lines);
	}

	/**
	 * A labelled count.
	 *
	 * @param count as it is written in the language
	 * @param names the first of those who were counted, and how many more; may be empty
	 */
	public record Figure(String label, String count, String names) {

		public String line() {
			return this.label + ": " + this.count + (this.names.isEmpty() ? "" : " (" + this.names + ")");
		}

	}

}
