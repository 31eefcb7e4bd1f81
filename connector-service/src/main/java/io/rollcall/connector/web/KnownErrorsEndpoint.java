package io.rollcall.connector.web;

import java.util.List;

import io.rollcall.connector.web.KnownErrors.At;
import io.rollcall.connector.web.KnownErrors.Told;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the codes of Entra and Graph mean and what to do, in the asked language. */
@RestController
@RequestMapping("/api/known-errors")
class KnownErrorsEndpoint {

	private final KnownErrors errors;

	KnownErrorsEndpoint(KnownErrors errors) {
		this.errors = errors;
	}

	@GetMapping("/{at}")
	List<Told> all(@PathVariable String at,
			@RequestHeader(name = "Accept-Language", required = false) @Nullable String language) {
		return this.errors.all(at(at), this.errors.language(language));
	}

	/** An unknown one has no words, only a page to look it up. */
	@GetMapping("/{at}/{code}")
	Told one(@PathVariable String at, @PathVariable String code, @RequestParam(defaultValue = "0") int status,
			@RequestHeader(name = "Accept-Language", required = false) @Nullable String language) {
		return this.errors.find(at(at), code.replaceFirst("^AADSTS", ""), status, this.errors.language(language));
	}

	private static At at(String path) {
		return switch (path) {
			case "sign-in" -> At.SIGN_IN;
			case "consent" -> At.CONSENT;
			case "graph" -> At.GRAPH;
			default -> throw new IllegalArgumentException("errors are of sign-in, consent or graph, not of " + path);
		};
	}

}
