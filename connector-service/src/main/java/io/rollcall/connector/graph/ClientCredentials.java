package io.rollcall.connector.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Objects;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.IClientCredential;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.credential.Credentials.Uploaded;
import io.rollcall.connector.graph.GraphSettings.App;
import io.rollcall.connector.graph.Tokens.Shown;
import okhttp3.OkHttpClient;

/** What connections show, in msal4j's terms. */
final class ClientCredentials {

	private final GraphSettings settings;

	private final FederatedTokens federated;

	ClientCredentials(GraphSettings settings, FederatedTokens federated) {
		this.settings = settings;
		this.federated = federated;
	}

	/** A connection's own tokens; asks nothing yet. */
	Tokens tokens(Connection connection, OkHttpClient http) {
		Shown shown = Shown.of(connection);
		App app = this.settings.app();
		if (shown.credential().kind() == Credential.Kind.CONSENT && (app == null
				|| !app.clientId().equals(shown.clientId()) || !shown.tenant().equals(shown.credential().tenant()))) {
			throw new IllegalStateException("The consent is not for this tenant and the installation's application");
		}
		return new Tokens(this.settings, shown, credential(shown.credential()), http);
	}

	private IClientCredential credential(Credential shown) {
		return switch (shown.kind()) {
			case SECRET -> ClientCredentialFactory.createFromSecret(shown.own().value());
			case CERTIFICATE -> certificate(shown);
			case FEDERATION -> {
				String name = Objects.requireNonNull(shown.federation());
				// Called at each request for a token, as the outer token is short-lived.
				yield ClientCredentialFactory.createFromCallback(() -> this.federated.token(name));
			}
			case CONSENT -> ofApp();
		};
	}

	/** What the installation's own application shows, in every tenant. */
	IClientCredential ofApp() {
		App app = this.settings.app();
		if (app == null) {
			throw new IllegalStateException("The installation has no application of its own any more");
		}
		return credential((app.federation() != null) ? Credential.federation(app.federation())
				: (app.certificateFile() != null) ? certificate(app.certificateFile())
						: Credential.secret(new Secret(Objects.requireNonNullElse(app.clientSecret(), ""))));
	}

	private static Credential certificate(Path file) {
		try {
			return new Certifying().read(new Uploaded(null, null, Files.readString(file)));
		}
		catch (IOException ex) {
			throw new IllegalStateException("rollcall.graph.app.certificate-file cannot be read");
		}
	}

	private static IClientCredential certificate(Credential shown) {
		try {
			return ClientCredentialFactory.createFromCertificate(Certifying.key(shown.own().value()),
					Certifying.certificate(Objects.requireNonNull(shown.certificate())));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("A stored certificate cannot be read: upload or make one again");
		}
	}

}
