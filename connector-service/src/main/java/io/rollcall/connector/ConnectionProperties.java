package io.rollcall.connector;

import java.util.List;
import java.util.Set;

import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.Schedule;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.connection.ConnectionLifecycle.Settings;
import io.rollcall.connector.rules.Feature;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Connections that are there, and active, from the start. */
@ConfigurationProperties("rollcall")
public record ConnectionProperties(@DefaultValue List<Configured> connections) {

	/**
	 * One of them.
	 *
	 * @param federation the name of a configured federation, instead of a secret
	 * @param schedule a cron expression; {@code none} for manual runs only
	 * @param features what to read and watch; the usual ones if missing
	 */
	public record Configured(String id, String organization, @Nullable String name, String tenant, String clientId,
			@Nullable String clientSecret, @Nullable String federation, @DefaultValue("0 2 * * *") String schedule,
			@DefaultValue("UTC") String zone, @Nullable Set<Feature> features) {

		Settings settings() {
			return new Settings(this.organization, (this.name != null) ? this.name : this.id, this.tenant,
					this.clientId, credential(),
					this.schedule.equals("none") ? null : new Schedule(this.schedule, this.zone), this.features);
		}

		private @Nullable Credential credential() {
			return (this.federation != null) ? Credential.federation(this.federation)
					: (this.clientSecret != null) ? Credential.secret(new Secret(this.clientSecret)) : null;
		}

		@Override
		public String toString() {
			return "connection " + this.id;
		}

	}

}
