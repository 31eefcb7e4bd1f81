package io.rollcall.simulator.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import io.rollcall.simulator.json.JsonBytes;
import io.rollcall.simulator.tenant.Tenant;
import io.rollcall.simulator.tenant.Tenants;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Issues and verifies bearer tokens. They look like Entra's and are signed with a key
 * made from the tenant's seed, so that a token survives a restart of the simulator as it
 * survives one of Graph.
 */
public final class AccessTokens {

	private static final String ALGORITHM = "HmacSHA256";

	private final Tenants tenants;

	private final AppRegistrations apps;

	private final InstantSource clock;

	private final JsonMapper mapper = new JsonMapper();

	public AccessTokens(Tenants tenants, AppRegistrations apps, InstantSource clock) {
		this.tenants = tenants;
		this.apps = apps;
		this.clock = clock;
	}

	/** What became of a token. */
	public sealed interface Verification {

		/** It is good; the app has the permissions that token and tenant agree in. */
		record Granted(Tenant tenant, AppRegistration app) implements Verification {
		}

		/** It is not; the message is the one that Graph would give. */
		record Refused(String message) implements Verification {
		}

	}

	/**
	 * Issues a token; one without permissions has no roles at all.
	 * @param byAssertion whether the client showed no secret
	 */
	String issue(Tenant tenant, AppRegistration app, boolean byAssertion) {
		long now = this.clock.millis() / 1000;
		String header = encode(
				new JsonBytes().object().field("typ", "JWT").field("alg", "HS256").endObject().toBytes());
		JsonBytes claims = new JsonBytes().object()
			.field("aud", "https://graph.microsoft.com")
			.field("iss", "https://sts.windows.net/" + tenant.id() + "/")
			.field("iat", now)
			.field("nbf", now)
			.field("exp", now + app.tokenSeconds())
			.field("app_displayname", app.application().displayName())
			.field("appid", app.appId())
			.field("appidacr", byAssertion ? "2" : "1")
			.field("idtyp", "app")
			.field("oid", app.principalId(tenant.id()));
		if (!app.permissions().isEmpty()) {
			claims.field("roles", new TreeSet<>(app.permissions()).stream().toList());
		}
		String payload = encode(
				claims.field("sub", app.principalId(tenant.id())).field("tid", tenant.id()).endObject().toBytes());
		return header + '.' + payload + '.' + sign(tenant, header + '.' + payload);
	}

	/** Who signed in, for the app. */
	String idToken(Tenant tenant, AppRegistration app, SignInEndpoint.SignedIn person) {
		long now = this.clock.millis() / 1000;
		String header = encode(
				new JsonBytes().object().field("typ", "JWT").field("alg", "HS256").endObject().toBytes());
		JsonBytes claims = new JsonBytes().object()
			.field("aud", app.appId())
			.field("iss", "https://login.microsoftonline.com/" + tenant.id() + "/v2.0")
			.field("iat", now)
			.field("nbf", now)
			.field("exp", now + app.tokenSeconds())
			.field("oid", person.person())
			.field("sub", person.person())
			.field("preferred_username", (person.administrator() ? "admin@" : "somebody@") + tenant.spec().domain())
			.field("tid", tenant.id())
			.field("ver", "2.0")
			.field("wids", person.roles());
		if (person.nonce() != null) {
			claims.field("nonce", person.nonce());
		}
		String payload = encode(claims.endObject().toBytes());
		return header + '.' + payload + '.' + sign(tenant, header + '.' + payload);
	}

	public Verification verify(String token) {
		String[] parts = token.split("\\.");
		if (parts.length != 3) {
			return new Verification.Refused("IDX14100: JWT is not well formed, there are no dots (.).");
		}
		try {
			JsonNode payload = this.mapper.readTree(Base64.getUrlDecoder().decode(parts[1]));
			return verify(parts, payload);
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return new Verification.Refused("InvalidAuthenticationToken: the token cannot be read.");
		}
	}

	private Verification verify(String[] parts, JsonNode payload) {
		Tenant tenant = this.tenants.find(payload.path("tid").asString(""));
		if (tenant == null) {
			return new Verification.Refused("The token's tenant does not exist.");
		}
		byte[] expected = sign(tenant, parts[0] + '.' + parts[1]).getBytes(StandardCharsets.ISO_8859_1);
		if (!MessageDigest.isEqual(expected, parts[2].getBytes(StandardCharsets.ISO_8859_1))) {
			return new Verification.Refused("Signature validation failed.");
		}
		if (payload.path("exp").asLong() * 1000 <= this.clock.millis()) {
			return new Verification.Refused("Lifetime validation failed, the token is expired.");
		}
		AppRegistration app = this.apps.find(tenant.id(), payload.path("appid").asString(""));
		Set<String> roles = new HashSet<>();
		payload.path("roles").forEach((role) -> roles.add(role.asString()));
		return (app != null) ? new Verification.Granted(tenant, app.within(roles))
				: new Verification.Refused("The identity of the calling application could not be established.");
	}

	private static String sign(Tenant tenant, String text) {
		try {
			byte[] key = (tenant.id() + ':' + tenant.spec().seed()).getBytes(StandardCharsets.UTF_8);
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(key, ALGORITHM));
			return encode(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ALGORITHM + " is missing from this JDK", ex);
		}
	}

	private static String encode(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
