package io.rollcall.simulator.identity;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.rollcall.simulator.tenant.Tenant;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.HtmlUtils;

/** The consent pages as HTML, without a script. */
final class ConsentPage {

	private static final String FRAME = """
			<!doctype html>
			<html lang="en">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width">
			<title>%s</title>
			<style>
			body { font: 16px/1.5 system-ui, sans-serif; background: #f2f2f2; color: #1b1b1b; margin: 0 }
			main { background: #fff; max-width: 32rem; margin: 3rem auto; padding: 2.5rem }
			button, select { font: inherit; padding: .4rem 1rem; margin: .25rem 0 }
			button[value=ACCEPT] { background: #0067b8; color: #fff; border: 0 }
			fieldset { border: 1px dashed #767676; margin-top: 2rem }
			label { display: block; margin-top: .5rem }
			</style>
			</head>
			<body>
			<main>
			%s
			</main>
			</body>
			</html>
			""";

	private static final String QUESTION = """
			<p>%s</p>
			<h1>Permissions requested</h1>
			<p>Review for your organization: <strong id="app">%s</strong> (%s) would like to:</p>
			<ul id="permissions">
			%s
			</ul>
			<p>If you accept, this app gets these permissions for everybody in your organization.</p>
			<form method="post">
			%s
			<button type="submit" name="decision" value="CANCEL" id="cancel">Cancel</button>
			<button type="submit" name="decision" value="ACCEPT" id="accept">Accept</button>
			<fieldset>
			<legend>Only in the simulator</legend>
			<label for="answer-as">You are an administrator of</label>
			<select name="answer_as" id="answer-as">
			%s
			</select>
			<label for="code">Something is wrong</label>
			<select name="code" id="code">
			%s
			</select>
			<button type="submit" name="decision" value="ERROR" id="fail">Fail</button>
			</fieldset>
			</form>""";

	private static final String SIGN_IN = """
			<p>%s</p>
			<h1>Sign in</h1>
			<p>Who are you?</p>
			<form method="post">
			%s
			<button type="submit" name="decision" value="CANCEL" id="cancel">Cancel</button>
			<button type="submit" name="decision" value="SOMEBODY" id="somebody">Somebody</button>
			<button type="submit" name="decision" value="ACCEPT" id="administrator">Administrator</button>
			<fieldset>
			<legend>Only in the simulator</legend>
			<label for="answer-as">You are from</label>
			<select name="answer_as" id="answer-as">
			%s
			</select>
			</fieldset>
			</form>""";

	private ConsentPage() {
	}

	static String ask(ConsentRequest consent, Application app, @Nullable Tenant asked, Collection<Tenant> tenants) {
		String permissions = consent.asksForApplicationPermissions() ? new TreeSet<>(app.requested()).stream()
			.map((permission) -> "<li>" + escape(permission) + "</li>")
			.collect(Collectors.joining("\n")) : "<li>" + escape(consent.scope()) + "</li>";
		String body = QUESTION.formatted(
				(asked != null) ? escape(asked.spec().displayName() + " (" + asked.spec().domain() + ')')
						: "Any organization",
				escape(app.displayName()), escape(app.appId()), permissions, hidden(consent),
				tenants.stream()
					.map((tenant) -> option(tenant.id(), tenant.spec().displayName(), tenant == asked))
					.collect(Collectors.joining("\n")),
				SignInErrors.all()
					.stream()
					.filter(SignInError::atConsent)
					.map((error) -> option(String.valueOf(error.code()), error.code() + ": " + error.message(),
							error.code() == ConsentScript.CANCELED))
					.collect(Collectors.joining("\n")));
		return FRAME.formatted("Permissions requested", body);
	}

	static String signIn(Tenant asked, Map<String, String> parameters, Collection<Tenant> tenants) {
		return FRAME.formatted("Sign in to your account",
				SIGN_IN.formatted(escape(asked.spec().displayName() + " (" + asked.spec().domain() + ')'),
						Stream.of("client_id", "redirect_uri", "scope", "state", "nonce")
							.filter(parameters::containsKey)
							.map((name) -> field(name, String.valueOf(parameters.get(name))))
							.collect(Collectors.joining()),
						tenants.stream()
							.map((tenant) -> option(tenant.id(), tenant.spec().displayName(), tenant == asked))
							.collect(Collectors.joining("\n"))));
	}

	static String trouble(int code, String message) {
		return FRAME.formatted("Sign in to your account", """
				<h1>Sorry, but we’re having trouble signing you in.</h1>
				<p id="error">AADSTS%d: %s</p>""".formatted(code, escape(message)));
	}

	private static String hidden(ConsentRequest consent) {
		String state = consent.state();
		return field("client_id", consent.clientId()) + field("redirect_uri", consent.redirectUri())
				+ field("scope", consent.scope()) + ((state != null) ? field("state", state) : "");
	}

	private static String field(String name, String value) {
		return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + escape(value) + "\">\n";
	}

	private static String option(String value, String text, boolean selected) {
		return "<option value=\"" + escape(value) + '"' + (selected ? " selected" : "") + '>' + escape(text)
				+ "</option>";
	}

	private static String escape(String text) {
		return HtmlUtils.htmlEscape(text, "UTF-8");
	}

}
