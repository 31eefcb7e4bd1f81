package io.rollcall.connector.graph;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

import io.rollcall.connector.flow.credential.Federations;
import io.rollcall.connector.graph.GraphSettings.Federated;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokens of configured issuers. A file is read each time, as whoever renews it
 * replaces it; connections name configured federations and never files, so that nobody
 * can have a file of this machine sent anywhere.
 */
final class FederatedTokens implements Federations {

	private static final int LONGEST = 64 * 1024;

	private static final JsonMapper JSON = JsonMapper.shared();

	private final GraphSettings settings;

	private final OkHttpClient http;

	FederatedTokens(GraphSettings settings, OkHttpClient http) {
		this.settings = settings;
		this.http = http;
	}

	@Override
	public List<Federation> all() {
		return this.settings.federations().keySet().stream().sorted().map(this::look).toList();
	}

	@Override
	public boolean has(String name) {
		return this.settings.federations().containsKey(name);
	}

	/** The token as it is now. */
	String token(String name) throws IOException {
		Federated configured = this.settings.federations().get(name);
		if (configured == null) {
			throw new IOException("No federation '%s' is configured here".formatted(name));
		}
		Path file = configured.tokenFile();
		String token = (file != null) ? ofFile(file) : ofIssuer(configured);
		if (token.isBlank()) {
			throw new IOException("The token of federation '%s' is empty".formatted(name));
		}
		return token.strip();
	}

	private Federation look(String name) {
		try {
			String[] parts = token(name).split("\\.");
			JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode((parts.length == 3) ? parts[1] : ""));
			Instant ends = Instant.ofEpochSecond(claims.path("exp").asLong(0));
			JsonNode audience = claims.path("aud");
			return new Federation(name, claims.path("iss").asString(null), claims.path("sub").asString(null),
					(audience.isArray() ? audience.path(0) : audience).asString(null), ends,
					ends.isBefore(Instant.now()) ? "The token has not been renewed since it ended" : null);
		}
		catch (IOException ex) {
			return new Federation(name, null, null, null, null, ex.getMessage());
		}
		catch (IllegalArgumentException | JacksonException ex) {
			return new Federation(name, null, null, null, null, "The token is no JWT");
		}
	}

	private static String ofFile(Path file) throws IOException {
		try (InputStream bytes = Files.newInputStream(file)) {
			return new String(bytes.readNBytes(LONGEST), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IOException("The token file cannot be read: " + ex.getClass().getSimpleName());
		}
	}

	/** Client credentials again, but of an issuer that the installation trusts. */
	private String ofIssuer(Federated configured) throws IOException {
		FormBody form = new FormBody.Builder().add("grant_type", "client_credentials")
			.add("client_id", Objects.requireNonNullElse(configured.clientId(), ""))
			.add("client_secret", Objects.requireNonNullElse(configured.clientSecret(), ""))
			.add("audience", configured.audience())
			.build();
		Request request = new Request.Builder().url(Objects.requireNonNull(configured.tokenUri()).toString())
			.post(form)
			.build();
		try (Response response = this.http.newCall(request).execute();
				ResponseBody body = Objects.requireNonNull(response.body())) {
			if (!response.isSuccessful()) {
				throw new IOException("The issuer answered " + response.code());
			}
			JsonNode answer = JSON.readTree(body.byteStream());
			@Nullable String token = answer.path("access_token").asString(null);
			return (token != null) ? token : "";
		}
		catch (JacksonException ex) {
			throw new IOException("The issuer's answer is no JSON");
		}
	}

}
