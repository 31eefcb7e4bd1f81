package io.rollcall.simulator.notifications;

import java.time.Instant;
import java.util.Locale;

import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.ObjectRef;
import org.jspecify.annotations.Nullable;

/**
 * Somebody wants to be told.
 *
 * @param resource as the client wrote it
 * @param kind users or groups
 * @param object the one object, or null for all of them
 */
public record Subscription(String id, String tenant, String appId, String changeType, String resource, Kind kind,
		@Nullable ObjectRef object, String notificationUrl, @Nullable String lifecycleUrl, @Nullable String clientState,
		Instant expiration, String latestTls) {

	boolean wants(ObjectRef changed, String change, Instant now) {
		return changed.kind() == this.kind && (this.object == null || this.object.equals(changed))
				&& this.changeType.toLowerCase(Locale.ROOT).contains(change) && now.isBefore(this.expiration);
	}

	public Subscription with(Instant newExpiration, String newNotificationUrl) {
		return new Subscription(this.id, this.tenant, this.appId, this.changeType, this.resource, this.kind,
				this.object, newNotificationUrl, this.lifecycleUrl, this.clientState, newExpiration, this.latestTls);
	}

	/** Whether this one asks for the same; Graph refuses the second. */
	boolean same(Subscription other) {
		return this.tenant.equals(other.tenant) && this.appId.equals(other.appId)
				&& this.changeType.equalsIgnoreCase(other.changeType) && this.kind == other.kind
				&& java.util.Objects.equals(this.object, other.object);
	}

}
