package io.rollcall.connector;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static io.rollcall.connector.Scene.simulator;
import static org.assertj.core.api.Assertions.assertThat;

/** Signing in with a certificate, or with the token of a trusted issuer. */
@ExtendWith(OutputCaptureExtension.class)
class CredentialTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String SUBJECT = "system:serviceaccount:rollcall:connector";

	private final Scene scene = new Scene(5);

	private ConnectorInstance connector;

	@AfterEach
	void stop() {
		this.scene.close();
	}

	@Test
	void goesOnWithACertificateThatWasMadeHere(CapturedOutput output) throws Exception {
		connectWithSecret();
		JsonNode made = call("POST", "/certificate", Map.of("days", 90), 201);
		assertThat(line(test(Map.of("preparedCertificate", true)), "TOKEN").path("error").path("code").asString())
			.isEqualTo("700026");
		assertThat(call("PUT", "", body(Map.of("preparedCertificate", true)), 400).path("detail").asString())
			.contains("AADSTS700026");
		register(download());
		JsonNode tested = test(Map.of("preparedCertificate", true));
		assertThat(line(tested, "TOKEN").path("state").asString()).isEqualTo("PASSED");
		assertThat(line(tested, "CREDENTIAL_END").path("parameters").path("endsAt").asString())
			.isEqualTo(made.path("endsAt").asString());
		JsonNode saved = call("PUT", "", body(Map.of("preparedCertificate", true)), 200);
		assertThat(saved.path("credential").asString()).isEqualTo("CERTIFICATE");
		call("PUT", "", body(Map.of("preparedCertificate", true)), 409);
		simulator().app(this.scene.tenant, Map.of("secrets", List.of()));
		call("POST", "/activate", Map.of(), 200);
		this.scene.awaitFirstRun();
		assertThat(output).doesNotContain("PRIVATE KEY");
	}

	@Test
	void takesACertificateThatWasMadeElsewhere() throws Exception {
		connectWithSecret();
		HeldCertificate held = new HeldCertificate.Builder().rsa2048()
			.commonName("elsewhere")
			.duration(400, TimeUnit.DAYS)
			.build();
		register(held.certificatePem());
		call("PUT", "/certificate", Map.of("pfx", pfx(held), "password", "wrong"), 400);
		call("PUT", "/certificate", Map.of("pfx", pfx(held), "password", "pass-word"), 200);
		call("PUT", "", body(Map.of("preparedCertificate", true)), 200);
		HeldCertificate other = new HeldCertificate.Builder().rsa2048().commonName("other").build();
		assertThat(call("PUT", "/certificate", Map.of("pem", held.certificatePem() + other.privateKeyPkcs8Pem()), 400)
			.path("detail")
			.asString()).contains("does not belong");
		assertThat(call("PUT", "/certificate", Map.of("pem", held.certificatePem() + held.privateKeyPkcs1Pem()), 400)
			.path("detail")
			.asString()).contains("openssl pkcs8");
		call("PUT", "/certificate", Map.of("pem", held.certificatePem() + held.privateKeyPkcs8Pem()), 200);
		assertThat(test(Map.of("preparedCertificate", true)).path("state").asString()).isEqualTo("PASSED");
	}

	@Test
	void givesOutThePublicHalfOnly() throws Exception {
		connectWithSecret();
		call("GET", "/certificate.pem", null, 404);
		JsonNode made = call("POST", "/certificate", null, 201);
		assertThat(made.toString()).doesNotContain("PRIVATE");
		String pem = download();
		assertThat(pem).startsWith("-----BEGIN CERTIFICATE-----").doesNotContain("PRIVATE");
		byte[] cer = this.connector.web()
			.get()
			.uri(uri("/certificate.cer"))
			.exchange()
			.expectBody(byte[].class)
			.returnResult()
			.getResponseBody();
		assertThat(x509(cer)).isEqualTo(x509(pem.getBytes()));
		assertThat(stored("certificates")).doesNotContain("PRIVATE");
		assertThat(made.path("thumbprint").asString()).hasSize(40);
	}

	@Test
	void signsInWithTheTokenInAFileAndReadsItEachTime(@TempDir Path folder) throws Exception {
		String issuer = issuer();
		Path file = folder.resolve("token");
		Files.writeString(file, token(issuer, -1) + "\n");
		this.connector = this.scene.connector("--rollcall.graph.federations.cluster.token-file=" + file);
		JsonNode known = JSON.readTree(body(this.connector.web().get().uri("/api/federations").exchange())).get(0);
		assertThat(known.path("subject").asString()).isEqualTo(SUBJECT);
		assertThat(known.path("problem").asString()).isEqualTo("The token has not been renewed since it ended");
		trust(issuer);
		Map<String, Object> federated = body(Map.of("federation", "cluster"));
		assertThat(create(federated, 400)).contains("AADSTS700024");
		assertThat(create(body(Map.of("federation", "other")), 400)).contains("/api/federations");
		replace(file, token(issuer, 3600));
		create(federated, 201);
		JsonNode passed = test(Map.of());
		assertThat(passed.path("state").asString()).as(passed.toPrettyString()).isEqualTo("PASSED");
		assertThat(line(passed, "CREDENTIAL_END").path("parameters").path("ends").asString()).isEqualTo("NEVER");
		replace(file, token(issuer, -1));
		assertThat(line(test(Map.of()), "TOKEN").path("error").path("code").asString()).isEqualTo("700024");
		replace(file, "");
		assertThat(line(test(Map.of()), "TOKEN").path("error").path("message").asString()).contains("is empty");
		replace(file, token(issuer, 3600));
		call("POST", "/activate", Map.of(), 200);
		this.scene.awaitFirstRun();
	}

	@Test
	void signsInWithTheTokenOfAConfiguredIssuer() {
		String issuer = issuer();
		String client = "--rollcall.graph.federations.keys.";
		this.connector = this.scene.connector(client + "token-uri=" + issuer + "/token",
				client + "client-id=" + SUBJECT, client + "client-secret=of-the-issuer");
		trust(issuer);
		create(body(Map.of("federation", "keys")), 201);
		assertThat(test(Map.of()).path("state").asString()).isEqualTo("PASSED");
	}

	private String issuer() {
		String name = "i" + this.scene.tenant.substring(0, 8);
		return simulator().call("PUT", "/control/issuers/" + name, "{}").path("issuer").asString();
	}

	private String token(String issuer, int seconds) {
		return simulator()
			.call("POST", "/control/issuers/" + issuer.substring(issuer.lastIndexOf('/') + 1) + "/tokens",
					JSON.writeValueAsString(
							Map.of("subject", SUBJECT, "endsInSeconds", seconds, "beginsInSeconds", -3600)))
			.path("token")
			.asString();
	}

	private void trust(String issuer) {
		simulator().app(this.scene.tenant,
				Map.of("federatedCredentials", List.of(Map.of("issuer", issuer, "subject", SUBJECT))));
	}

	/** As Kubernetes does it. */
	private static void replace(Path file, String content) throws Exception {
		Path next = Files.writeString(file.resolveSibling("next"), content);
		Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
	}

	private void register(String pem) {
		simulator().app(this.scene.tenant, Map.of("certificates", List.of(pem)));
	}

	private String download() {
		return body(this.connector.web().get().uri(uri("/certificate.pem")).exchange());
	}

	private static String pfx(HeldCertificate held) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		char[] password = "pass-word".toCharArray();
		store.setKeyEntry("key", held.keyPair().getPrivate(), password, new Certificate[] { held.certificate() });
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		store.store(bytes, password);
		return Base64.getEncoder().encodeToString(bytes.toByteArray());
	}

	private static X509Certificate x509(byte[] bytes) throws Exception {
		return (X509Certificate) CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(bytes));
	}

	private String stored(String collection) {
		return reactor.core.publisher.Flux
			.from(this.connector.bean(com.mongodb.reactivestreams.client.MongoDatabase.class)
				.getCollection(collection)
				.find())
			.map((document) -> document.toJson())
			.collectList()
			.block(Scene.LONG)
			.toString();
	}

	private void connectWithSecret() {
		this.connector = this.scene.shared();
		create(body(Map.of("clientSecret", Simulator.SECRET)), 201);
	}

	private String create(Map<String, Object> body, int status) {
		return this.connector.web()
			.post()
			.uri("/api/connections")
			.bodyValue(body)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

	private JsonNode test(Map<String, Object> more) {
		return call("POST", "/test", more.isEmpty() ? null : body(more), 200);
	}

	private JsonNode call(String method, String path, Map<String, Object> body, int status) {
		WebTestClient.RequestBodySpec request = this.connector.web()
			.method(org.springframework.http.HttpMethod.valueOf(method))
			.uri(uri(path));
		if (path.equals("/test")) {
			request.accept(MediaType.APPLICATION_JSON);
		}
		String answer = body(
				((body != null) ? request.bodyValue(body) : request).exchange().expectStatus().isEqualTo(status));
		return JSON.readTree((answer != null) ? answer : "{}");
	}

	private static String body(WebTestClient.ResponseSpec answer) {
		return answer.expectBody(String.class).returnResult().getResponseBody();
	}

	private String uri(String path) {
		return "/api/connections/" + this.scene.connection + path;
	}

	private static JsonNode line(JsonNode report, String check) {
		return report.path("lines")
			.valueStream()
			.filter((line) -> line.path("check").asString().equals(check))
			.findFirst()
			.orElseThrow();
	}

	private Map<String, Object> body(Map<String, Object> more) {
		Map<String, Object> body = new LinkedHashMap<>(Map.of("id", this.scene.connection.value(), "organization",
				"acme", "name", "Acme", "tenant", this.scene.tenant, "clientId", Simulator.APP));
		body.putAll(more);
		return body;
	}

}
