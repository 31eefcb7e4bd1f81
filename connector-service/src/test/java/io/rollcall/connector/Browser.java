package io.rollcall.connector;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.web.util.HtmlUtils;

/** Somebody at a browser: follows no redirect by itself, and keeps cookies. */
final class Browser {

	private static final Pattern HIDDEN = Pattern
		.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

	private static final Pattern OUTCOME = Pattern.compile("data-outcome=\"(\\w+)\"");

	private final HttpClient http = HttpClient.newBuilder()
		.cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
		.build();

	private String url;

	private HttpResponse<String> page;

	/** Opens an address, with a language. */
	Browser open(String address, String language) {
		return go(HttpRequest.newBuilder(URI.create(address)).header("Accept-Language", language).build());
	}

	Browser open(String address) {
		return open(address, "en");
	}

	/** Presses a button of the page's form. */
	Browser press(String button, Map<String, String> choices) {
		Map<String, String> fields = new LinkedHashMap<>();
		for (Matcher field = HIDDEN.matcher(this.page.body()); field.find();) {
			fields.put(field.group(1), HtmlUtils.htmlUnescape(field.group(2)));
		}
		fields.put("decision", button);
		fields.putAll(choices);
		String form = fields.entrySet()
			.stream()
			.map((each) -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return go(HttpRequest.newBuilder(URI.create(this.url))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form))
			.build());
	}

	Browser press(String button) {
		return press(button, Map.of());
	}

	/** Where the answer leads. */
	String leadsTo() {
		return this.page.headers()
			.firstValue("Location")
			.orElseThrow(() -> new AssertionError(this.page.statusCode() + " " + this.page.body()));
	}

	Browser follow() {
		return open(leadsTo());
	}

	String text() {
		return this.page.body();
	}

	int status() {
		return this.page.statusCode();
	}

	HttpResponse<String> page() {
		return this.page;
	}

	/** What the page says has come of it. */
	String outcome() {
		Matcher outcome = OUTCOME.matcher(this.page.body());
		return outcome.find() ? outcome.group(1) : "none";
	}

	private Browser go(HttpRequest request) {
		try {
			this.url = request.uri().toString();
			this.page = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			return this;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
