package io.rollcall.connector.flow;

import java.time.Instant;

import io.rollcall.connector.rules.NightlySchedule;
import io.rollcall.connector.rules.Selection;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.run.Problem;
import org.jspecify.annotations.Nullable;

/**
 * An organization's link to one Entra tenant.
 *
 * @param problem why it is paused, if it was not a person who paused it
 * @param statusAt since when it has its status
 * @param webhookSecret what Graph must repeat with every notification
 */
public record Connection(ConnectionId id, OrganizationId organization, String name, String tenant, String clientId,
		@Nullable Secret clientSecret, @Nullable NightlySchedule schedule, Status status, Instant statusAt,
		@Nullable Problem problem, Selection selection, Secret webhookSecret, Instant createdAt, Instant updatedAt) {

	/** The life of a connection. */
	public enum Status {

		/** Settings are missing. */
		DRAFT,
		/** Complete, never activated. */
		READY,
		/** Reads its tenant. */
		ACTIVE,
		/** Stopped by a person, or by a failure that needs one. */
		PAUSED,
		/** Stopped for good; keeps all data, asks for the settings again. */
		DEACTIVATED

	}

	public boolean isActive() {
		return this.status == Status.ACTIVE;
	}

	public boolean isComplete() {
		return this.clientSecret != null && !this.tenant.isBlank() && !this.clientId.isBlank();
	}

	/** What Graph is given and must repeat: {@code connection.secret}. */
	public Secret clientState() {
		return new Secret(this.id + "." + this.webhookSecret.value());
	}

	public Connection with(Status newStatus, @Nullable Problem newProblem, Instant now) {
		return new Connection(this.id, this.organization, this.name, this.tenant, this.clientId, this.clientSecret,
				this.schedule, newStatus, now, newProblem, this.selection, this.webhookSecret, this.createdAt, now);
	}

	public Connection with(Selection newSelection, Instant now) {
		return new Connection(this.id, this.organization, this.name, this.tenant, this.clientId, this.clientSecret,
				this.schedule, this.status, this.statusAt, this.problem, newSelection, this.webhookSecret,
				this.createdAt, now);
	}

}
