package io.rollcall.connector.web;

import java.time.Instant;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Schedule;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.connection.ConnectionLifecycle.Settings;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.Problem;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A connection as people write and read it. */
final class ConnectionBody {

	private ConnectionBody() {
	}

	/**
	 * What is written.
	 *
	 * @param id a new connection's, by choice; random if it is missing
	 * @param clientSecret missing leaves a stored one as it is
	 */
	record Written(@Nullable String id, @NotBlank @Size(max = 128) String organization,
			@NotBlank @Size(max = 200) String name, @NotBlank @Size(max = 200) String tenant,
			@NotBlank @Size(max = 200) String clientId, @Nullable @Size(max = 2000) String clientSecret,
			@Nullable Schedule schedule) {

		Settings settings() {
			String said = this.clientSecret;
			return new Settings(this.organization, this.name, this.tenant, this.clientId,
					(said != null && !said.isBlank()) ? new Secret(said) : null, this.schedule);
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
			boolean hasSecret, @Nullable Schedule schedule, ConnectionStatus status, @Nullable Problem problem,
			@Nullable Instant readAt, Instant createdAt, Instant updatedAt) {

		static Read of(Connection connection, @Nullable SyncState state) {
			SyncState.Failing failing = (state != null) ? state.position().failing() : null;
			return new Read(connection.id().value(), connection.organization().value(), connection.name(),
					connection.source().value(), connection.tenant(), connection.clientId(),
					connection.clientSecret() != null, connection.schedule(), connection.status(),
					(failing != null) ? failing.problem() : null, (state != null) ? state.position().readAt() : null,
					connection.createdAt(), connection.updatedAt());
		}

	}

}
