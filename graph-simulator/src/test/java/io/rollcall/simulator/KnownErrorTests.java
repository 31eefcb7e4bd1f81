package io.rollcall.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.rollcall.simulator.Simulator.Answer;
import io.rollcall.simulator.control.World;
import io.rollcall.simulator.graph.GraphErrors;
import io.rollcall.simulator.identity.SignInError;
import io.rollcall.simulator.identity.SignInErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every error that Graph and Entra ID are known to answer, on demand. */
class KnownErrorTests {

	private static final Simulator TENANT = Simulator.tenant(5);

	static Stream<SignInError> signInErrors() {
		return SignInErrors.all().stream();
	}

	static Stream<String[]> graphErrors() {
		try (InputStream in = GraphErrors.class.getResourceAsStream("graph-errors.tsv")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.startsWith("#"))
				.map((line) -> line.split("\t", -1))
				.toList()
				.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("signInErrors")
	void theTokenEndpointAnswersEveryNumber(SignInError error) {
		TENANT.fault("{\"kind\":\"SIGN_IN_ERROR\",\"code\":\"%d\"}".formatted(error.code()));
		Answer refused = TENANT.token(World.DEFAULT_APP, World.DEFAULT_SECRET);
		assertThat(refused.status()).isEqualTo(error.status());
		assertThat(refused.json().path("error").asString()).isEqualTo(error.error());
		assertThat(refused.json().path("suberror").asString(null)).isEqualTo(error.suberror());
		assertThat(refused.json().path("error_codes").get(0).asInt()).isEqualTo(error.code());
		assertThat(refused.json().path("error_description").asString()).startsWith("AADSTS" + error.code() + ": ");
		assertThat(TENANT.token(World.DEFAULT_APP, World.DEFAULT_SECRET).status()).isEqualTo(200);
	}

	@Test
	void thereAreAsManyNumbersAsAreKnown() {
		assertThat(SignInErrors.all()).hasSize(123);
		assertThat(graphErrors()).hasSize(58);
	}

	@ParameterizedTest
	@MethodSource("graphErrors")
	void graphAnswersEveryError(String status, String code, String inner, String message) {
		String body = code.equals("-") ? "" : ",\"code\":\"%s\",\"innerCode\":\"%s\"".formatted(code, inner);
		TENANT.fault("{\"kind\":\"ERROR\",\"status\":%s%s}".formatted(status, body));
		Answer answer = TENANT.get("/users/delta");
		assertThat(answer.status()).isEqualTo(Integer.parseInt(status));
		if (code.equals("-")) {
			assertThat(answer.http().body()).isEmpty();
		}
		else {
			assertThat(answer.error()).isEqualTo(code);
			assertThat(answer.json().at("/error/message").asString()).isEqualTo(message);
			assertThat(answer.json().at("/error/innerError/code").asString("")).isEqualTo(inner);
		}
		assertThat(TENANT.get("/users/delta").status()).isEqualTo(200);
	}

	@Test
	void aKnownCodeBringsItsStatusAndAnythingElseMayBeSaid() {
		TENANT.fault("{\"kind\":\"ERROR\",\"code\":\"Authorization_IdentityNotFound\"}");
		assertThat(TENANT.get("/users").status()).isEqualTo(401);
		TENANT.fault(
				"{\"kind\":\"ERROR\",\"status\":418,\"code\":\"Teapot\",\"message\":\"Short\",\"retryAfter\":\"7\"}");
		Answer teapot = TENANT.get("/users");
		assertThat(teapot.status()).isEqualTo(418);
		assertThat(teapot.json().at("/error/message").asString()).isEqualTo("Short");
		assertThat(teapot.header("Retry-After")).isEqualTo("7");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "{\"kind\":\"ERROR\",\"code\":\"Teapot\"}", "{\"kind\":\"SIGN_IN_ERROR\",\"code\":\"1\"}",
					"{\"kind\":\"SIGN_IN_ERROR\"}",
					"{\"kind\":\"SIGN_IN_ERROR\",\"code\":\"65001\",\"path\":\"/users\"}" })
	void whatIsNotKnownIsNotTaken(String rule) {
		assertThat(TENANT.control("POST", "/faults", rule).status()).isEqualTo(400);
	}

	/** A status outside the token endpoint's own errors: it may be a proxy's. */
	@ParameterizedTest
	@CsvSource({ "400,", "502,", "500,InternalServerError" })
	void aTokenMayFailInAForeignShape(int status, String code) {
		TENANT.fault("{\"kind\":\"ERROR\",\"path\":\"/oauth2\",\"status\":%d%s}".formatted(status,
				(code != null) ? ",\"code\":\"" + code + "\"" : ""));
		assertThat(TENANT.token(World.DEFAULT_APP, World.DEFAULT_SECRET).status()).isEqualTo(status);
	}

}
