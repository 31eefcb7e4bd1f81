package io.rollcall.connector.web;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.rollcall.connector.flow.connection.ConnectionLifecycle;
import io.rollcall.connector.flow.consent.Consent;
import io.rollcall.connector.flow.consent.Consent.Ended;
import io.rollcall.connector.flow.consent.Consent.Outcome;
import io.rollcall.connector.flow.consent.Consents;
import io.rollcall.connector.flow.consent.Consents.Asked;
import io.rollcall.connector.flow.consent.Consents.Next;
import io.rollcall.connector.rules.Feature;
import io.rollcall.connector.web.KnownErrors.At;
import io.rollcall.connector.web.KnownErrors.Told;
import io.rollcall.model.ConnectionId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * Consent by a link: asked for over REST, and given on pages that need no login. The
 * pages have no script, are in no frame and no cache, and tell nobody their address. A
 * button only works in a browser that has seen the page: its cookie does not come along
 * from elsewhere.
 */
@RestController
class ConsentEndpoint {

	private static final String COOKIE = "rollcall-consent";

	private static final Duration COOKIE_LIFE = Duration.ofHours(1);

	private static final int USUAL_DAYS = 7;

	private static final String FRAME = """
			<!doctype html>
			<html lang="%s">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width">
			<title>%s</title>
			<style>
			body { font: 16px/1.5 system-ui, sans-serif; background: #f4f5f7; color: #1c1e21; margin: 0 }
			main { background: #fff; max-width: 36rem; margin: 3rem auto; padding: 2rem }
			button { font: inherit; padding: .5rem 1.25rem; background: #1a5fb4; color: #fff; border: 0 }
			dt { font-weight: 600 } dd { margin: 0 0 .5rem }
			</style>
			</head>
			<body>
			<main>
			<h1>%s</h1>
			%s
			</main>
			</body>
			</html>
			""";

	private final Consents consents;

	private final ConnectionLifecycle lifecycle;

	private final KnownErrors words;

	private final boolean secure;

	ConsentEndpoint(Consents consents, ConnectionLifecycle lifecycle, KnownErrors words,
			@Value("${rollcall.public-url:}") String publicUrl) {
		this.consents = consents;
		this.lifecycle = lifecycle;
		this.words = words;
		this.secure = publicUrl.startsWith("https:");
	}

	/** The application that connections without one of their own use. */
	@GetMapping("/api/rollcall-app")
	App app() {
		return new App(this.consents.clientId(), this.consents.redirectUris());
	}

	/** A link for an administrator; it is told only now. */
	@PostMapping("/api/connections/{id}/consents")
	@ResponseStatus(HttpStatus.CREATED)
	Read ask(@PathVariable String id, @Valid @RequestBody Wanted wanted) {
		Asked asked = this.consents.ask(new ConnectionId(id), wanted.askedBy(),
				(wanted.days() != null) ? wanted.days() : USUAL_DAYS);
		return Read.of(asked.consent(), asked.link());
	}

	@GetMapping("/api/connections/{id}/consents")
	List<Read> all(@PathVariable String id) {
		return this.consents.of(new ConnectionId(id)).stream().map((each) -> Read.of(each, null)).toList();
	}

	@DeleteMapping("/api/connections/{id}/consents/{consent}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void withdraw(@PathVariable String id, @PathVariable String consent) {
		this.consents.withdraw(new ConnectionId(id), consent);
	}

	/** Who asks for what, and for whom. */
	@GetMapping(path = "/consent/{link}", produces = MediaType.TEXT_HTML_VALUE)
	ResponseEntity<String> look(@PathVariable String link,
			@CookieValue(name = COOKIE, required = false) @Nullable String browser,
			@RequestHeader(name = "Accept-Language", required = false) @Nullable String language) {
		return page(this.consents.look(link), (browser != null) ? browser : this.consents.browser(), language);
	}

	@PostMapping(path = "/consent/{link}", produces = MediaType.TEXT_HTML_VALUE)
	ResponseEntity<String> begin(@PathVariable String link,
			@CookieValue(name = COOKIE, required = false) @Nullable String browser,
			@RequestHeader(name = "Accept-Language", required = false) @Nullable String language) {
		return (browser != null) ? page(this.consents.begin(link, browser), browser, language)
				: page(this.consents.look(link), this.consents.browser(), language);
	}

	/** Where Microsoft's consent page leads back to. */
	@GetMapping(path = "/consent/callback", produces = MediaType.TEXT_HTML_VALUE)
	ResponseEntity<String> callback(@RequestParam Map<String, String> parameters,
			@CookieValue(name = COOKIE, required = false) @Nullable String browser,
			@RequestHeader(name = "Accept-Language", required = false) @Nullable String language) {
		return page(this.consents.consented(parameters, browser), browser, language);
	}

	/** Where Microsoft's sign-in page leads back to. */
	@GetMapping(path = "/consent/signed-in", produces = MediaType.TEXT_HTML_VALUE)
	ResponseEntity<String> signedIn(@RequestParam Map<String, String> parameters,
			@CookieValue(name = COOKIE, required = false) @Nullable String browser,
			@RequestHeader(name = "Accept-Language", required = false) @Nullable String language) {
		return page(this.consents.signedIn(parameters, browser), browser, language);
	}

	private ResponseEntity<String> page(Next next, @Nullable String browser, @Nullable String accepted) {
		String language = this.words.language(accepted);
		Ended ended = next.ended();
		boolean well = ended == null || ended.outcome() == Outcome.CONSENTED || ended.outcome() == Outcome.CANCELED;
		ResponseEntity.BodyBuilder answer = (next.url() != null)
				? ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(next.url()))
				: ResponseEntity.status(well ? HttpStatus.OK : HttpStatus.BAD_REQUEST);
		answer.header("Cache-Control", "no-store")
			.header("Referrer-Policy", "no-referrer")
			.header("X-Content-Type-Options", "nosniff")
			.header("Content-Security-Policy",
					"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'");
		if (browser != null) {
			answer.header("Set-Cookie",
					ResponseCookie.from(COOKIE, browser)
						.path("/consent")
						.httpOnly(true)
						.secure(this.secure)
						.sameSite("Lax")
						.maxAge(COOKIE_LIFE)
						.build()
						.toString());
		}
		if (next.url() != null) {
			return answer.body("");
		}
		Consent consent = next.consent();
		String title = this.words.page("title", language, (consent != null) ? name(consent) : "Rollcall");
		String body = (ended != null) ? outcome(ended, language) : question(Objects.requireNonNull(consent), language);
		return answer.contentType(MediaType.parseMediaType("text/html;charset=utf-8"))
			.body(FRAME.formatted(language, escape(title), escape(title), body));
	}

	private String question(Consent consent, String language) {
		StringBuilder permissions = new StringBuilder("<dl id=\"permissions\">\n");
		Feature.permissions(this.lifecycle.find(consent.connection()).chosen()).forEach((permission, features) -> {
			permissions.append("<dt>").append(escape(permission)).append("</dt>\n");
			features.forEach((feature) -> permissions.append("<dd>")
				.append(escape(this.words.reason(feature, language)))
				.append("</dd>\n"));
		});
		String until = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM)
			.withLocale(Locale.forLanguageTag(language))
			.format(consent.expiresAt().atOffset(ZoneOffset.UTC)) + " UTC";
		return paragraph("asks", language, consent.askedBy(), consent.tenant())
				+ paragraph("for", language, consent.organization().value(), name(consent)) + "<h2>"
				+ escape(this.words.page("what", language)) + "</h2>\n" + permissions + "</dl>\n"
				+ paragraph("next", language) + paragraph("until", language, until)
				+ "<form method=\"post\"><button type=\"submit\" id=\"go\">" + escape(this.words.page("go", language))
				+ "</button></form>";
	}

	private String outcome(Ended ended, String language) {
		String code = ended.code();
		StringBuilder body = new StringBuilder("<p id=\"outcome\" data-outcome=\"" + ended.outcome() + "\">"
				+ escape(this.words.page(ended.outcome().name(), language, (code != null) ? code : "-")) + "</p>\n");
		if (ended.outcome() == Outcome.REFUSED && code != null) {
			Told told = this.words.find(At.CONSENT, code, 0, language);
			if (told.cure() != null) {
				body.append("<p id=\"cure\">").append(escape(told.cure())).append("</p>\n");
			}
			body.append("<p><a id=\"lookup\" href=\"")
				.append(escape(String.valueOf(told.lookup())))
				.append("\">")
				.append(escape(this.words.page("lookup", language)))
				.append("</a></p>\n");
		}
		return body.toString();
	}

	private String name(Consent consent) {
		return this.lifecycle.find(consent.connection()).name();
	}

	private String paragraph(String id, String language, Object... parts) {
		return "<p>" + escape(this.words.page(id, language, parts)) + "</p>\n";
	}

	private static String escape(String text) {
		return HtmlUtils.htmlEscape(text, "UTF-8");
	}

	/**
	 * The installation's application.
	 *
	 * @param clientId null where there is none
	 * @param redirectUris what its registration must allow
	 */
	record App(@Nullable String clientId, List<String> redirectUris) {
	}

	/**
	 * What is asked for.
	 *
	 * @param askedBy as the administrator reads it
	 * @param days for which the link works
	 */
	record Wanted(@NotBlank @Size(max = 200) String askedBy, @Nullable Integer days) {
	}

	/**
	 * A request as people read it.
	 *
	 * @param link only where it was just made
	 * @param last what came of the last try
	 */
	record Read(String id, String tenant, String askedBy, Instant askedAt, Instant expiresAt, @Nullable Ended last,
			@Nullable Instant withdrawnAt, @Nullable Instant consentedAt, @Nullable String consentedBy,
			@Nullable String link) {

		static Read of(Consent consent, @Nullable String link) {
			return new Read(consent.id(), consent.tenant(), consent.askedBy(), consent.askedAt(), consent.expiresAt(),
					consent.last(), consent.withdrawnAt(), consent.consentedAt(), consent.consentedBy(), link);
		}

	}

}
