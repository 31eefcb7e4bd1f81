package io.rollcall.connector.web;

import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.Schedule;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.connection.ConnectionLifecycle.Settings;
import io.rollcall.connector.flow.credential.Credentials;
import io.rollcall.connector.rules.Feature;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.Problem;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/** A connection as people write and read it. */
final class ConnectionBody {

	private ConnectionBody() {
	}

	/**
	 * What is written.
	 *
	 * @param id a new connection's, by choice; random if it is missing
	 * @param clientSecret missing leaves a stored credential as it is, unless another one
	 * is chosen
	 * @param preparedCertificate whether the prepared certificate is used from now on
	 * @param federation the name of a configured federation
	 * @param features what to read and watch; the usual ones if missing
	 */
	record Written(@Nullable String id, @NotBlank @Size(max = 128) String organization,
			@NotBlank @Size(max = 200) String name, @NotBlank @Size(max = 200) String tenant,
			@NotBlank @Size(max = 200) String clientId, @Nullable @Size(max = 2000) String clientSecret,
			@Nullable Instant clientSecretEndsAt, @Nullable Boolean preparedCertificate,
			@Nullable @Size(max = 100) String federation, @Nullable Schedule schedule,
			@Nullable Set<Feature> features) {

		Settings settings(ConnectionId id, Credentials credentials) {
			return new Settings(this.organization, this.name, this.tenant, this.clientId, credential(id, credentials),
					this.schedule, this.features);
		}

		private @Nullable Credential credential(ConnectionId id, Credentials credentials) {
			boolean secret = StringUtils.hasText(this.clientSecret);
			boolean federated = StringUtils.hasText(this.federation);
			boolean certified = Boolean.TRUE.equals(this.preparedCertificate);
			if (Stream.of(secret, federated, certified).filter(Boolean::booleanValue).count() > 1) {
				throw new IllegalArgumentException(
						"clientSecret, preparedCertificate and federation exclude each other: give one of them");
			}
			return secret
					? Credential.secret(new Secret(Objects.requireNonNull(this.clientSecret)), this.clientSecretEndsAt)
					: federated ? credentials.federated(Objects.requireNonNull(this.federation))
							: certified ? credentials.prepared(id) : null;
		}

		@Override
		public String toString() {
			return "connection " + this.id + " (" + this.name + ")";
		}

	}

	/**
	 * What is read: everything but the secrets.
	 *
	 * @param problem why it cannot be read at the moment
	 * @param readAt when Graph last gave something
	 */
	record Read(String id, String organization, String name, String source, String tenant, String clientId,
			boolean hasSecret, Credential.@Nullable Kind credential, @Nullable Instant credentialEndsAt,
			@Nullable String federation, @Nullable Schedule schedule, Set<Feature> features, ConnectionStatus status,
			@Nullable Problem problem, @Nullable Instant readAt, Instant createdAt, Instant updatedAt) {

		static Read of(Connection connection, @Nullable SyncState state) {
			Credential credential = connection.credential();
			SyncState.Failing failing = (state != null) ? state.position().failing() : null;
			return new Read(connection.id().value(), connection.organization().value(), connection.name(),
					connection.source().value(), connection.tenant(), connection.clientId(), credential != null,
					(credential != null) ? credential.kind() : null, (credential != null) ? credential.endsAt() : null,
					(credential != null) ? credential.federation() : null, connection.schedule(), connection.chosen(),
					connection.status(), (failing != null) ? failing.problem() : null,
					(state != null) ? state.position().readAt() : null, connection.createdAt(), connection.updatedAt());
		}

	}

}
