package io.rollcall.reconciler.web;

import java.util.List;
import java.util.Objects;

import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.rules.mapping.Catalogue;
import io.rollcall.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What Graph can give, for whoever writes rules: the same for every connection. */
@RestController
@RequestMapping("/api/attributes")
class AttributesController {

	private final Catalogues catalogues;

	AttributesController(Catalogues catalogues) {
		this.catalogues = catalogues;
	}

	/**
	 * All attributes of a kind of object.
	 * @param language of the labels: {@code en, de, nl, sv} or {@code nb}
	 */
	@GetMapping
	Body list(@RequestParam(defaultValue = "USER") ObjectKind kind,
			@RequestParam(defaultValue = "en") String language) {
		Catalogue catalogue = this.catalogues.of(kind);
		return new Body(kind.name(), language,
				catalogue.attributes().stream().map((each) -> Attribute.of(catalogue, each, language)).toList());
	}

	/** A catalogue in one language. */
	record Body(String kind, String language, List<Attribute> items) {
	}

	/**
	 * An attribute.
	 *
	 * @param tracked whether delta queries tell of its changes: {@code YES}, {@code NO}
	 * or {@code UNKNOWN}; one of which they do not tell cannot be mapped
	 * @param offer how much it is worth to be offered for a field: {@code YES},
	 * {@code ADVANCED} or {@code NO}
	 * @param permission the application permission that it needs beyond
	 * {@code User.Read.All}
	 * @param expression what maps it by itself; null where nothing does
	 */
	record Attribute(String name, String label, String type, boolean list, String tracked, String category,
			String offer, @Nullable Integer maxLength, @Nullable String permission, @Nullable String note,
			@Nullable String expression) {

		static Attribute of(Catalogue catalogue, Catalogue.Attribute attribute, String language) {
			if (!attribute.labels().containsKey(language)) {
				throw Problems.invalid("language must be one of %s, is '%s'"
					.formatted(String.join(", ", attribute.labels().keySet()), language));
			}
			return new Attribute(attribute.name(), Objects.requireNonNull(attribute.labels().get(language)),
					attribute.type().name(), attribute.list(), attribute.tracked().name(), attribute.category(),
					attribute.offer().name(), attribute.maxLength(), attribute.permission(), attribute.note(),
					catalogue.expressionOf(attribute));
		}

	}

}
