package io.rollcall.notifier.rules;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.Pattern;

import io.rollcall.model.Reason;
import io.rollcall.model.change.FieldChange;
import io.rollcall.model.change.Tally;
import io.rollcall.model.run.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The words of one language, from {@code words_<language>.properties}. Placeholders have
 * names; what a language has no word for (an attribute of a later version) is shown as it
 * came.
 */
public final class Words {

	private static final ResourceBundle.Control NO_FALLBACK = ResourceBundle.Control
		.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")
		.withZone(ZoneOffset.UTC);

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)");

	private static final String UNKNOWN = "–";

	private final Language language;

	private final ResourceBundle texts;

	private Words(Language language, ResourceBundle texts) {
		this.language = language;
		this.texts = texts;
	}

	static Words in(Language language) {
		return new Words(language, ResourceBundle.getBundle(Words.class.getPackageName() + ".words", language.locale(),
				Words.class.getClassLoader(), NO_FALLBACK));
	}

	/** A sentence, with numbers and moments as the language writes them. */
	String text(String key, Map<String, ?> parameters) {
		List<Object> arguments = new ArrayList<>();
		String pattern = PLACEHOLDER.matcher(this.texts.getString(key)).replaceAll((placeholder) -> {
			arguments.add(argument(parameters.get(placeholder.group(1))));
			return "{" + (arguments.size() - 1);
		});
		return new MessageFormat(pattern, this.language.locale()).format(arguments.toArray()).strip();
	}

	String text(String key) {
		return text(key, Map.of());
	}

	/**
	 * {@code key.title}, and {@code key.body} and {@code key.action} where there are
	 * such.
	 */
	Text whole(String key, Map<String, ?> parameters, List<String> more) {
		List<String> paragraphs = new ArrayList<>();
		if (this.texts.containsKey(key + ".body")) {
			paragraphs.add(text(key + ".body", parameters));
		}
		paragraphs.addAll(more);
		return new Text(text(key + ".title", parameters), paragraphs,
				this.texts.containsKey(key + ".action") ? text(key + ".action", parameters) : null, List.of());
	}

	/** The same of what failed, with what is to be done about that. */
	Text whole(String key, Map<String, ?> parameters, Problem problem) {
		Text text = whole(key, parameters, problem(problem));
		return new Text(text.title(), text.paragraphs(), action(problem), text.figures());
	}

	String reason(Reason reason) {
		Map<String, String> parameters = new HashMap<>(reason.parameters());
		// The one parameter that is a reason itself.
		parameters.computeIfPresent("held", (name, code) -> this.texts.containsKey("reason." + code)
				? text("reason." + code, reason.parameters()) : code);
		return text("reason." + reason.code(), parameters);
	}

	/** What failed, and what the other side said of it, as it said it. */
	List<String> problem(Problem problem) {
		List<String> paragraphs = new ArrayList<>();
		paragraphs.add(text("problem." + problem.code(), problem.parameters()));
		String detail = problem.parameters().get("detail");
		if (detail != null && !detail.isBlank()) {
			paragraphs.add(quote(detail));
		}
		return paragraphs;
	}

	String action(Problem problem) {
		return text("problem." + problem.code() + ".action", problem.parameters());
	}

	/** What a machine said, marked as that: it is in whatever language it was. */
	String quote(String said) {
		return text("quote", Map.of("said", said));
	}

	/** A line for each kind that was counted. */
	List<Text.Figure> figures(Tally tally) {
		List<Text.Figure> figures = new ArrayList<>();
		tally.counts()
			.forEach((kind, count) -> figures.add(new Text.Figure(text("kind." + kind), number(count),
					names(tally.names().getOrDefault(kind, List.of()), count))));
		return figures;
	}

	/** The first names, and how many more there are. */
	String names(List<String> first, long count) {
		String names = String.join(", ", first.stream().map(Words::onOneLine).toList());
		return (first.isEmpty() || count <= first.size()) ? names
				: text("names.more", Map.of("names", names, "more", count - first.size()));
	}

	String number(long number) {
		return NumberFormat.getIntegerInstance(this.language.locale()).format(number);
	}

	String field(FieldChange change) {
		String name = fieldName(change.field());
		String from = change.from();
		String to = change.to();
		if (to == null) {
			return text("field.cleared", Map.of("field", name, "from", (from != null) ? from : ""));
		}
		return (from != null) ? text("field.changed", Map.of("field", name, "from", from, "to", to))
				: text("field.set", Map.of("field", name, "to", to));
	}

	String fieldName(String field) {
		String key = "field." + field + ".name";
		return this.texts.containsKey(key) ? this.texts.getString(key) : onOneLine(field);
	}

	private static Object argument(@Nullable Object value) {
		return switch (value) {
			case null -> UNKNOWN;
			case Number number -> number;
			case Instant moment -> MOMENT.format(moment);
			default -> onOneLine(value.toString());
		};
	}

	/**
	 * Names come from a foreign directory; a line break in one must not end a subject
	 * line or make a paragraph of its own.
	 */
	private static String onOneLine(String text) {
		return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
	}

}
