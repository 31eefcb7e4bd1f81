package io.rollcall.connector.web;

import java.io.IOException;
import java.io.InputStream;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import io.rollcall.connector.flow.selftest.Line.Cure;
import io.rollcall.connector.rules.Feature;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.web.util.UriUtils;

/**
 * The words for the errors of Entra and Graph: data in
 * {@code io/rollcall/connector/errors}, with their sources. They say what to do and never
 * decide anything, as Microsoft changes numbers and texts without notice.
 */
@Component
final class KnownErrors {

	private static final String FOLDER = "/io/rollcall/connector/errors/";

	private static final String ENGLISH = "en";

	private final File signIn = read("sign-in-errors.json", File.class);

	private final File graph = read("graph-errors.json", File.class);

	private final Words own = read("self-test.json", Words.class);

	private final Page page = read("consent.json", Page.class);

	/** A file of errors, with the cures that they share. */
	record File(Map<String, Map<String, String>> cures, List<Entry> errors) {
	}

	/** An error. */
	record Entry(@Nullable Integer status, @Nullable String code, String means, String kind, boolean needsPerson,
			String cure, @Nullable String cureAtConsent) {
	}

	record Page(Map<String, Map<String, String>> words) {
	}

	record Words(Map<String, Map<String, String>> cures, Map<String, Map<String, String>> reasons) {
	}

	/**
	 * An error as people read it.
	 *
	 * @param means null for an unknown one, of which nothing is guessed
	 * @param lookup a page of Microsoft's that may know more
	 */
	record Told(String code, @Nullable Integer status, @Nullable String means, @Nullable String kind,
			@Nullable String cure, @Nullable String lookup) {
	}

	/** Where an error was met. */
	enum At {

		SIGN_IN, CONSENT, GRAPH

	}

	/** An error in the asked language. */
	Told find(At at, @Nullable String code, int status, String language) {
		File file = (at == At.GRAPH) ? this.graph : this.signIn;
		Entry known = known(file, code, status);
		String shown = (code != null) ? code : String.valueOf(status);
		if (known == null) {
			return new Told(shown, (status > 0) ? status : null, null, null, null, lookup(at, shown));
		}
		String cure = (at == At.CONSENT && known.cureAtConsent() != null) ? known.cureAtConsent() : known.cure();
		return new Told(shown, known.status(), known.means(), known.kind(), in(file.cures(), cure, language),
				lookup(at, shown));
	}

	/** All that are known. */
	List<Told> all(At at, String language) {
		File file = (at == At.GRAPH) ? this.graph : this.signIn;
		return file.errors()
			.stream()
			.map((entry) -> find(at, entry.code(), (entry.status() != null) ? entry.status() : 0, language))
			.distinct()
			.toList();
	}

	String cure(Cure cure, String language) {
		return in(this.own.cures(), camel(cure.name()), language);
	}

	/** Words of the consent pages. */
	String page(String id, String language, Object... parts) {
		return MessageFormat.format(in(this.page.words(), id, language).replace("'", "''"), parts);
	}

	String reason(Feature feature, String language) {
		return in(this.own.reasons(), feature.name(), language);
	}

	/** The best language that there are words in; English stands in. */
	String language(@Nullable String accepted) {
		if (!StringUtils.hasText(accepted)) {
			return ENGLISH;
		}
		try {
			for (Locale.LanguageRange range : Locale.LanguageRange.parse(accepted)) {
				String asked = range.getRange().split("-")[0];
				// Norwegian has several names.
				String language = (asked.equals("no") || asked.equals("nn")) ? "nb" : asked;
				if (new TreeSet<>(this.own.reasons().values().iterator().next().keySet()).contains(language)) {
					return language;
				}
			}
		}
		catch (IllegalArgumentException ex) {
			return ENGLISH;
		}
		return ENGLISH;
	}

	/**
	 * Some codes have several meanings, which the status tells apart, and some differ by
	 * a capital only. One without a code is known by its status.
	 */
	private static @Nullable Entry known(File file, @Nullable String code, int status) {
		Entry best = null;
		int most = 0;
		for (Entry entry : file.errors()) {
			int fits = (code == null) ? (entry.code() == null && is(entry, status)) ? 1 : 0
					: !code.equalsIgnoreCase(entry.code()) ? 0
							: 1 + (code.equals(entry.code()) ? 2 : 0) + (is(entry, status) ? 1 : 0);
			if (fits > most) {
				best = entry;
				most = fits;
			}
		}
		return best;
	}

	private static boolean is(Entry entry, int status) {
		return entry.status() != null && entry.status() == status;
	}

	private static String lookup(At at, String code) {
		return (at != At.GRAPH && code.matches("\\d+")) ? "https://login.microsoftonline.com/error?code=" + code
				: "https://learn.microsoft.com/search/?terms=" + UriUtils.encode(code, "UTF-8");
	}

	private static String in(Map<String, Map<String, String>> words, String id, String language) {
		Map<String, String> languages = Objects.requireNonNull(words.get(id), id);
		return languages.getOrDefault(language, Objects.requireNonNull(languages.get(ENGLISH), id));
	}

	private static String camel(String name) {
		StringBuilder camel = new StringBuilder();
		for (String word : name.toLowerCase(Locale.ROOT).split("_")) {
			camel.append(camel.isEmpty() ? word : StringUtils.capitalize(word));
		}
		return camel.toString();
	}

	private static <T> T read(String name, Class<T> type) {
		try (InputStream json = Objects.requireNonNull(KnownErrors.class.getResourceAsStream(FOLDER + name), name)) {
			return JsonMapper.builder()
				.disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
				.build()
				.readValue(json, type);
		}
		catch (IOException ex) {
			throw new IllegalStateException(name, ex);
		}
	}

}
