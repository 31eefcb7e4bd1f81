package io.rollcall.notifier.rules;

import java.text.MessageFormat;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.stream.Collectors;

import io.rollcall.model.change.FieldChange;
import io.rollcall.model.run.Problem;
import org.jspecify.annotations.Nullable;

/**
 * News in one language. Texts come from {@code wording_<language>.properties}; what a
 * language has no text for (an attribute of a later version) is shown as it came.
 */
final class Wording {

	private static final ResourceBundle.Control NO_FALLBACK = ResourceBundle.Control
		.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")
		.withZone(ZoneOffset.UTC);

	private final Language language;

	private final ResourceBundle texts;

	private Wording(Language language, ResourceBundle texts) {
		this.language = language;
		this.texts = texts;
	}

	static Wording in(Language language) {
		return new Wording(language, ResourceBundle.getBundle(Wording.class.getPackageName() + ".wording",
				language.locale(), Wording.class.getClassLoader(), NO_FALLBACK));
	}

	String title(News news) {
		return text(news.text() + ".title", news.parts()).strip();
	}

	/** What happened, a paragraph each. */
	List<String> paragraphs(News news) {
		List<String> paragraphs = new ArrayList<>();
		text(news.text() + ".body", news.parts()).lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty())
			.forEach(paragraphs::add);
		if (news.problem() != null) {
			paragraphs.add(problem(news.problem(), "", news.problem().message()));
		}
		return paragraphs;
	}

	@Nullable String action(News news) {
		if (news.problem() != null) {
			return problem(news.problem(), ".action", news.problem().action());
		}
		return (news.action() != null) ? text(news.action(), news.parts()) : null;
	}

	List<Mail.Figure> figures(News news) {
		return news.figures()
			.entrySet()
			.stream()
			.map((figure) -> new Mail.Figure(text("figure." + figure.getKey(), List.of()), figure.getValue()))
			.toList();
	}

	/** Services write problems in English; other languages say it by the code. */
	private String problem(Problem problem, String suffix, String original) {
		String key = "problem." + problem.code() + suffix;
		return this.texts.containsKey(key) ? text(key, List.of(new Part.Text(original))) : onOneLine(original);
	}

	private String text(String key, List<Part> parts) {
		Object[] arguments = parts.stream().map(this::argument).toArray();
		return new MessageFormat(this.texts.getString(key), this.language.locale()).format(arguments);
	}

	private Object argument(Part part) {
		return switch (part) {
			case Part.Text text -> onOneLine(text.value());
			case Part.Count count -> count.value();
			case Part.Term term -> word(term.key(), term.key());
			case Part.Moment moment -> MOMENT.format(moment.value());
			case Part.FieldName name -> fieldName(name.field());
			case Part.Fields fields -> fields.changes().stream().map(this::line).collect(Collectors.joining("\n"));
		};
	}

	private String line(FieldChange change) {
		String name = fieldName(change.field());
		String from = change.from();
		String to = change.to();
		if (to == null) {
			return text("field.cleared", List.of(new Part.Text(name), new Part.Text((from != null) ? from : "")));
		}
		return (from != null)
				? text("field.changed", List.of(new Part.Text(name), new Part.Text(from), new Part.Text(to)))
				: text("field.set", List.of(new Part.Text(name), new Part.Text(to)));
	}

	private String fieldName(String field) {
		return word("field." + field + ".name", field);
	}

	private String word(String key, String otherwise) {
		return this.texts.containsKey(key) ? this.texts.getString(key) : onOneLine(otherwise);
	}

	/**
	 * Names come from a foreign directory; a line break in one must not end a subject
	 * line or make a paragraph of its own.
	 */
	private static String onOneLine(String text) {
		return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
	}

}
