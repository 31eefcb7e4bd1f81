package io.rollcall.connector.flow.consent;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.connection.ConnectionLifecycle;
import io.rollcall.connector.flow.connection.Refused;
import io.rollcall.connector.flow.connection.Refused.Why;
import io.rollcall.connector.flow.consent.Consent.Ended;
import io.rollcall.connector.flow.consent.Consent.Outcome;
import io.rollcall.connector.flow.consent.Consent.Step;
import io.rollcall.connector.flow.consent.Consent.Where;
import io.rollcall.connector.flow.consent.ConsentPages.NotTold;
import io.rollcall.connector.flow.consent.ConsentPages.Seals;
import io.rollcall.connector.flow.consent.ConsentPages.SignedIn;
import io.rollcall.model.ConnectionId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the wish for consent to a connection that may use a tenant. */
public final class Consents {

	private static final Logger log = LoggerFactory.getLogger(Consents.class);

	private static final String LINK = "consent-link";

	private static final String STATE = "consent-state";

	private static final int MOST_DAYS = 30;

	private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

	private static final Pattern AADSTS = Pattern.compile("AADSTS(\\d+)");

	/**
	 * The roles that may consent to application permissions of Graph.
	 *
	 * @see <a href=
	 * "https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference">
	 * Global Administrator and Privileged Role Administrator</a>
	 */
	private static final Set<String> MAY_CONSENT = Set.of("62e90394-69f5-4237-9190-012177145e10",
			"e8611ab8-c189-46e8-94e1-60213ab1f814");

	private static final Set<String> NO = Set.of("65004", "access_denied", "permission_denied");

	private final ConsentRequests requests;

	private final ConsentPages pages;

	private final Seals seals;

	private final ConnectionLifecycle lifecycle;

	private final Supplier<Secret> random;

	private final InstantSource clock;

	/**
	 * Joins the ports.
	 * @param random secrets that nobody can guess
	 */
	public Consents(ConsentRequests requests, ConsentPages pages, Seals seals, ConnectionLifecycle lifecycle,
			Supplier<Secret> random, InstantSource clock) {
		this.requests = requests;
		this.pages = pages;
		this.seals = seals;
		this.lifecycle = lifecycle;
		this.random = random;
		this.clock = clock;
	}

	/** A request with the link to it, which is told only now. */
	public record Asked(Consent consent, String link) {
	}

	/**
	 * Where a browser goes next: to a page of Microsoft's, or to the end.
	 *
	 * @param url of the page; null at the end
	 * @param consent null where nothing is known of it
	 */
	public record Next(@Nullable String url, @Nullable Consent consent, @Nullable Ended ended) {
	}

	/** Of the installation's application; null where there is none. */
	public @Nullable String clientId() {
		return this.pages.clientId();
	}

	/** What the application's registration must allow. */
	public List<String> redirectUris() {
		String publicUrl = this.pages.publicUrl();
		return (publicUrl != null) ? List.of(publicUrl + "/consent/callback", publicUrl + "/consent/signed-in")
				: List.of();
	}

	/** Asks for consent, for a connection that uses the installation's application. */
	public Asked ask(ConnectionId id, String by, int days) {
		Connection connection = this.lifecycle.find(id);
		String publicUrl = this.pages.publicUrl();
		if (publicUrl == null || this.pages.clientId() == null) {
			throw new Refused(Why.NOT_NOW, "Consent by a link needs ROLLCALL_PUBLIC_URL and an application of the "
					+ "installation, ROLLCALL_GRAPH_APP_CLIENTID");
		}
		if (!connection.clientId().equals(this.pages.clientId())) {
			throw new Refused(Why.NOT_NOW,
					"Connection '%s' has an application of its own: its tenant gives consent to that one"
						.formatted(id));
		}
		if (!GUID.matcher(connection.tenant()).matches()) {
			throw new Refused(Why.INVALID,
					"Consent needs the tenant's id, not its name: '%s' is none".formatted(connection.tenant()));
		}
		if (days < 1 || days > MOST_DAYS || by.isBlank()) {
			throw new Refused(Why.INVALID, "A link needs who asks, and is valid for 1 to %d days".formatted(MOST_DAYS));
		}
		Instant now = now();
		Consent consent = new Consent(this.random.get().value(), id, connection.organization(), connection.tenant(),
				connection.clientId(), by, now, now.plus(Duration.ofDays(days)), null, null, null, null, null);
		this.requests.add(consent);
		return new Asked(consent, publicUrl + "/consent/" + this.seals.seal(consent.id(), LINK));
	}

	/** All that were asked for, the newest first. */
	public List<Consent> of(ConnectionId id) {
		return this.requests.of(this.lifecycle.find(id).id());
	}

	/** Its link does not work any more; a consent that was given stays. */
	public void withdraw(ConnectionId connection, String id) {
		Consent there = this.requests.find(id);
		if (there == null || !there.connection().equals(connection)) {
			throw new Refused(Why.NO_SUCH_CONNECTION, "There is no such request for consent");
		}
		if (there.ended(now()) == null && !this.requests.replace(there, there.withdrawn(now()))) {
			withdraw(connection, id);
		}
	}

	/** What a link leads to; looking at it changes nothing. */
	public Next look(String link) {
		String id = this.seals.open(link, LINK);
		Consent consent = (id != null) ? this.requests.find(id) : null;
		if (consent == null) {
			return end(null, Outcome.LINK_UNKNOWN, null);
		}
		Outcome ended = usable(consent);
		return (ended != null) ? end(consent, ended, null) : new Next(null, consent, null);
	}

	/** What the cookie of a browser holds, in which a link is looked at. */
	public String browser() {
		return this.random.get().value();
	}

	/**
	 * Somebody has read who asks, and goes to Microsoft.
	 * @param browser the cookie of who looked
	 */
	public Next begin(String link, String browser) {
		Next looked = look(link);
		Consent consent = looked.consent();
		if (looked.ended() != null || consent == null) {
			return looked;
		}
		return to(consent, Where.CONSENT, browser);
	}

	/**
	 * Microsoft's consent page leads back. That it says yes is only a reason to go on.
	 * @param parameters of the address, of whoever wrote it
	 * @param browser the cookie
	 */
	public Next consented(Map<String, String> parameters, @Nullable String browser) {
		Next back = back(parameters, browser, Where.CONSENT);
		Consent consent = back.consent();
		if (back.ended() != null || consent == null) {
			return back;
		}
		// With an error it says admin_consent=True as well.
		if (parameters.containsKey("error")) {
			return refused(consent, parameters);
		}
		if (!"true".equalsIgnoreCase(parameters.get("admin_consent"))) {
			return tried(consent, Outcome.REFUSED, "admin_consent");
		}
		if (!consent.tenant().equalsIgnoreCase(parameters.getOrDefault("tenant", ""))) {
			return tried(consent, Outcome.OTHER_TENANT, null);
		}
		return to(consent, Where.SIGN_IN, String.valueOf(browser));
	}

	/** Microsoft's sign-in page leads back: Entra is asked who it was. */
	public Next signedIn(Map<String, String> parameters, @Nullable String browser) {
		Next back = back(parameters, browser, Where.SIGN_IN);
		Consent consent = back.consent();
		if (back.ended() != null || consent == null) {
			return back;
		}
		if (parameters.containsKey("error") || !parameters.containsKey("code")) {
			return refused(consent, parameters);
		}
		SignedIn person;
		try {
			person = this.pages.signedIn(consent.tenant(), String.valueOf(parameters.get("code")));
		}
		catch (NotTold ex) {
			return tried(consent, (ex.code() != null) ? Outcome.REFUSED : Outcome.TRY_AGAIN, ex.code());
		}
		String nonce = nonce(parameters);
		if (!person.application().equals(consent.clientId()) || nonce == null || !same(person.nonce(), digest(nonce))) {
			return tried(consent, Outcome.STATE_UNKNOWN, null);
		}
		if (!person.tenant().equalsIgnoreCase(consent.tenant())) {
			return tried(consent, Outcome.OTHER_TENANT, null);
		}
		if (person.roles().stream().noneMatch(MAY_CONSENT::contains)) {
			return tried(consent, Outcome.NOT_ADMINISTRATOR, null);
		}
		return made(consent, person);
	}

	/** The link is used up first: whoever loses that race changes nothing. */
	private Next made(Consent consent, SignedIn person) {
		Consent done = consent.consented(person.person(), now());
		Outcome ended = usable(consent);
		if (ended != null || !this.requests.replace(consent, done)) {
			return end(consent, (ended != null) ? ended : Outcome.LINK_USED, null);
		}
		this.lifecycle.consented(consent.connection(), consent.tenant(), consent.clientId());
		log.info("Connection {}: administrator {} of tenant {} has consented", consent.connection(), person.person(),
				consent.tenant());
		return new Next(null, done, done.last());
	}

	private Next to(Consent consent, Where where, String browser) {
		String nonce = this.random.get().value();
		Consent next = consent.at(new Step(where, digest(nonce), digest(browser)));
		if (!this.requests.replace(consent, next)) {
			return end(consent, Outcome.STATE_UNKNOWN, null);
		}
		String state = this.seals.seal(consent.id() + "." + nonce, STATE);
		String url = (where == Where.CONSENT) ? this.pages.consent(consent.tenant(), state)
				: this.pages.signIn(consent.tenant(), state, digest(nonce));
		return new Next(url, next, null);
	}

	/** The request that a state is of, whose step is taken back, as it has been used. */
	private Next back(Map<String, String> parameters, @Nullable String browser, Where where) {
		String opened = this.seals.open(parameters.getOrDefault("state", ""), STATE);
		String nonce = nonce(parameters);
		Consent consent = (opened != null && nonce != null)
				? this.requests.find(opened.substring(0, opened.length() - nonce.length() - 1)) : null;
		Step step = (consent != null) ? consent.step() : null;
		if (consent == null || nonce == null || step == null || step.where() != where
				|| !same(step.nonce(), digest(nonce))) {
			return end(consent,
					(consent != null && consent.consentedAt() != null) ? Outcome.LINK_USED : Outcome.STATE_UNKNOWN,
					code(parameters));
		}
		if (browser == null || !same(step.browser(), digest(browser))) {
			return end(consent, Outcome.OTHER_BROWSER, null);
		}
		Consent used = consent.at(null);
		if (!this.requests.replace(consent, used)) {
			return end(consent, Outcome.STATE_UNKNOWN, null);
		}
		Outcome ended = usable(used);
		return (ended != null) ? end(used, ended, null) : new Next(null, used, null);
	}

	private @Nullable String nonce(Map<String, String> parameters) {
		String opened = this.seals.open(parameters.getOrDefault("state", ""), STATE);
		int dot = (opened != null) ? opened.lastIndexOf('.') : -1;
		return (opened != null && dot > 0) ? opened.substring(dot + 1) : null;
	}

	private @Nullable Outcome usable(Consent consent) {
		Outcome ended = consent.ended(now());
		if (ended != null) {
			return ended;
		}
		Connection connection = this.lifecycle.find(consent.connection());
		boolean same = connection.tenant().equals(consent.tenant()) && connection.clientId().equals(consent.clientId());
		return same ? null : Outcome.LINK_OUTDATED;
	}

	private Next refused(Consent consent, Map<String, String> parameters) {
		String code = code(parameters);
		boolean no = (code != null && NO.contains(code)) || NO.contains(parameters.getOrDefault("error", ""));
		return tried(consent, no ? Outcome.CANCELED : Outcome.REFUSED, code);
	}

	private static @Nullable String code(Map<String, String> parameters) {
		Matcher number = AADSTS.matcher(parameters.getOrDefault("error_description", ""));
		String word = parameters.get("error");
		return number.find() ? number.group(1) : (word != null && word.matches("[A-Za-z_]{1,50}")) ? word : null;
	}

	/** The link may be tried again. */
	private Next tried(Consent consent, Outcome outcome, @Nullable String code) {
		Ended ended = new Ended(outcome, code, now());
		this.requests.replace(consent, consent.tried(ended));
		return new Next(null, consent, ended);
	}

	private Next end(@Nullable Consent consent, Outcome outcome, @Nullable String code) {
		return new Next(null, consent, new Ended(outcome, code, now()));
	}

	private static boolean same(String one, String other) {
		return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
	}

	private static String digest(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** As exact as the database stores it. */
	private Instant now() {
		return Instant.ofEpochMilli(this.clock.millis());
	}

}
