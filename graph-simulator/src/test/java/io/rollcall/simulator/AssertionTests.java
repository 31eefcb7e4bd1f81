package io.rollcall.simulator;

import java.math.BigInteger;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

import io.rollcall.simulator.Simulator.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Signing in without a secret: by a certificate, and by a token of somebody else. */
class AssertionTests {

	private static final String APP = "99999999-0000-4000-8000-000000000002";

	private static final OwnCertificate MINE = OwnCertificate.create();

	private static final OwnCertificate THEIRS = OwnCertificate.create();

	private static final String ISSUER = Simulator.url() + "/issuers/cluster";

	private final Simulator tenant = Simulator.tenant(5);

	@ParameterizedTest
	@CsvSource({ "RS256", "PS256" })
	void aRegisteredCertificateOpensTheDoor(String algorithm) {
		register(MINE);
		Answer token = assertion(own(MINE, APP, APP, audience(), 300, algorithm));
		assertThat(token.status()).as(token.json().toString()).isEqualTo(200);
		this.tenant.use(token.json().path("access_token").asString());
		assertThat(this.tenant.get("/users").status()).isEqualTo(200);
	}

	@Test
	void anotherKeyOrNoneOrAnOldOneDoesNot() {
		this.tenant.control("PUT", "/apps/" + APP, "{\"secret\":\"s\"}");
		String good = own(MINE, APP, APP, audience(), 300, "RS256");
		assertRefused(assertion(good), 700026);
		register(THEIRS);
		assertRefused(assertion(good), 700027);
		register(MINE);
		assertThat(assertion(good).status()).isEqualTo(200);
		String forged = THEIRS.sign(header(MINE, "RS256"), claims(APP, APP, audience(), 300), "RS256");
		assertRefused(assertion(forged), 700027);
		String[] parts = good.split("\\.");
		String other = OwnCertificate.encode(claims(APP, APP, audience(), 3000).getBytes());
		assertRefused(assertion(parts[0] + '.' + other + '.' + parts[2]), 700027);
		OwnCertificate over = OwnCertificate.create("-startdate", "-10d", "-validity", "2");
		register(over);
		assertRefused(assertion(own(over, APP, APP, audience(), 300, "RS256")), 1000502);
	}

	@Test
	void theClaimsMustBeRight() {
		register(MINE);
		assertRefused(assertion(own(MINE, "x", "x", audience(), 300, "RS256")), 700021);
		assertRefused(assertion(own(MINE, APP, "x", audience(), 300, "RS256")), 50048);
		assertRefused(assertion(own(MINE, APP, APP, "https://graph.microsoft.com", 300, "RS256")), 50027);
		assertRefused(assertion(own(MINE, APP, APP, audience(), -301, "RS256")), 700024);
		assertRefused(assertion("nonsense"), 50027);
		assertRefused(assertion(MINE.sign("{\"alg\":\"RS256\"}", claims(APP, APP, audience(), 300), "RS256")), 5002723);
		assertRefused(assertion(MINE.sign("{\"alg\":\"HS256\"}", claims(APP, APP, audience(), 300), "RS256")), 5002738);
	}

	@Test
	void aClockThatIsOffIsSeenInTheDateAndByTheAssertion() {
		register(MINE);
		Instant date = date(this.tenant.get("/users"));
		assertThat(date).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
		this.tenant.control("PUT", "/clock", "{\"aheadMillis\":900000}");
		assertThat(date(this.tenant.get("/users"))).isAfter(Instant.now().plusSeconds(800));
		Answer refused = assertion(own(MINE, APP, APP, audience(), 300, "RS256"));
		assertRefused(refused, 700024);
		assertThat(date(refused)).isAfter(Instant.now().plusSeconds(800));
	}

	@Test
	void aTokenOfATrustedIssuerIsExchanged() {
		trust("system:serviceaccount:rollcall:connector", "api://AzureADTokenExchange");
		String token = issued("{\"subject\":\"system:serviceaccount:rollcall:connector\"}");
		Answer answer = assertion(token);
		assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
		this.tenant.use(answer.json().path("access_token").asString());
		assertThat(this.tenant.get("/users").status()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"subject\":\"SUB\"}|700213", "{\"subject\":\"sub\",\"audience\":\"api://other\"}|700212",
					"{\"subject\":\"sub\",\"issuer\":\"https://elsewhere.example\"}|700211",
					"{\"subject\":\"sub\",\"issuer\":\"https://sts.windows.net/x/\"}|700222",
					"{\"subject\":\"sub\",\"endsInSeconds\":-1}|700024",
					"{\"subject\":\"sub\",\"beginsInSeconds\":60}|700024" })
	void aTokenThatDoesNotFitIsRefused(String token, int code) {
		trust("sub", "api://AzureADTokenExchange");
		assertRefused(assertion(issued(token)), code);
	}

	@Test
	void anIssuerThatIsUnreachableOrHasAnotherKeyIsNotBelieved() {
		trust("sub", "api://AzureADTokenExchange");
		String token = issued("{\"subject\":\"sub\"}");
		control("PUT", "/issuers/cluster", "{\"available\":false}");
		assertRefused(assertion(token), 90061);
		control("PUT", "/issuers/cluster", "{\"available\":true}");
		assertThat(assertion(token).status()).isEqualTo(200);
		control("POST", "/issuers/cluster/rotation", "");
		assertRefused(assertion(token), 900384);
		assertThat(assertion(issued("{\"subject\":\"sub\"}")).status()).isEqualTo(200);
	}

	@Test
	void theKeysOfAnIssuerAreServedAndMayBeGiven() {
		trust("sub", "api://AzureADTokenExchange");
		Answer configuration = this.tenant.get(ISSUER + "/.well-known/openid-configuration");
		assertThat(configuration.json().path("issuer").asString()).isEqualTo(ISSUER);
		Answer keys = this.tenant.get(configuration.json().path("jwks_uri").asString());
		assertThat(keys.json().at("/keys/0/kty").asString()).isEqualTo("RSA");
		RSAPublicKey key = (RSAPublicKey) MINE.certificate().getPublicKey();
		Answer given = control("PUT", "/issuers/given", """
				{"issuer":"https://idp.example","jwks":{"keys":[{"kty":"RSA","kid":"k1","n":"%s","e":"%s"}]}}"""
			.formatted(number(key.getModulus()), number(key.getPublicExponent())));
		assertThat(given.status()).isEqualTo(200);
		this.tenant.control("PUT", "/apps/" + APP,
				"{\"federatedCredentials\":[{\"issuer\":\"https://idp.example\",\"subject\":\"me\"}]}");
		String token = MINE.sign("{\"alg\":\"RS256\",\"kid\":\"k1\"}",
				"{\"iss\":\"https://idp.example\",\"sub\":\"me\",\"aud\":[\"api://AzureADTokenExchange\"],\"exp\":%d}"
					.formatted(Instant.now().getEpochSecond() + 60),
				"RS256");
		assertThat(assertion(token).status()).isEqualTo(200);
		assertThat(control("POST", "/issuers/given/tokens", "{}").status()).isEqualTo(400);
		assertThat(control("POST", "/issuers/none/tokens", "{}").status()).isEqualTo(404);
	}

	/** As in the first minutes after a trust was made. */
	@Test
	void aTrustMayTakeAWhile() {
		trust("sub", "api://AzureADTokenExchange");
		this.tenant.fault("{\"kind\":\"SIGN_IN_ERROR\",\"code\":\"70021\",\"times\":2}");
		String token = issued("{\"subject\":\"sub\"}");
		assertRefused(assertion(token), 70021);
		assertRefused(assertion(token), 70021);
		assertThat(assertion(token).status()).isEqualTo(200);
	}

	private static Instant date(Answer answer) {
		return ZonedDateTime.parse(answer.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
	}

	private void register(OwnCertificate certificate) {
		Answer put = this.tenant.control("PUT", "/apps/" + APP,
				"{\"certificates\":[\"%s\"]}".formatted(certificate.pem()));
		assertThat(put.status()).as(put.json().toString()).isEqualTo(200);
	}

	private void trust(String subject, String audience) {
		control("PUT", "/issuers/cluster", "{}");
		this.tenant.control("PUT", "/apps/" + APP,
				"{\"federatedCredentials\":[{\"issuer\":\"%s\",\"subject\":\"%s\",\"audience\":\"%s\"}]}"
					.formatted(ISSUER, subject, audience));
	}

	private String issued(String claims) {
		return control("POST", "/issuers/cluster/tokens", claims).json().path("token").asString();
	}

	private Answer control(String method, String path, String body) {
		return this.tenant.call(method, Simulator.url() + "/control" + path, body);
	}

	private Answer assertion(String assertion) {
		return this.tenant.assertion(APP, assertion);
	}

	private String audience() {
		return "https://login.microsoftonline.com/" + this.tenant.id() + "/oauth2/v2.0/token";
	}

	private static String own(OwnCertificate certificate, String issuer, String subject, String audience, long seconds,
			String algorithm) {
		return certificate.sign(header(certificate, algorithm), claims(issuer, subject, audience, seconds), algorithm);
	}

	private static String header(OwnCertificate certificate, String algorithm) {
		return "{\"alg\":\"%s\",\"typ\":\"JWT\",\"x5t#S256\":\"%s\"}".formatted(algorithm, certificate.thumbprint());
	}

	private static String claims(String issuer, String subject, String audience, long seconds) {
		return new JsonMapper().createObjectNode()
			.put("iss", issuer)
			.put("sub", subject)
			.put("aud", audience)
			.put("jti", "1")
			.put("exp", Instant.now().getEpochSecond() + seconds)
			.toString();
	}

	private static String number(BigInteger number) {
		byte[] bytes = number.toByteArray();
		return OwnCertificate.encode(java.util.Arrays.copyOfRange(bytes, (bytes[0] == 0) ? 1 : 0, bytes.length));
	}

	private static void assertRefused(Answer answer, int code) {
		assertThat(answer.json().path("error_codes").path(0).asInt()).as(answer.json().toString()).isEqualTo(code);
		assertThat(answer.status()).isBetween(400, 401);
	}

}
