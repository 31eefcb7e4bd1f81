package io.rollcall.simulator.notifications;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

import io.rollcall.simulator.json.JsonBytes;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be told, in the shape that Graph tells it.
 *
 * @param objectId the object, or null for a lifecycle event
 * @param event {@code updated} or {@code deleted}, or the lifecycle event
 * @param ticks when, in .NET ticks: 100 ns since year 1
 * @param since when it was first due, in milliseconds
 */
record Notification(Subscription subscription, @Nullable String objectId, String event, long ticks,
		@Nullable String clientState, long since) {

	private static final long TICKS_AT_1970 = 621_355_968_000_000_000L;

	private static final long TICKS_PER_SECOND = 10_000_000;

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSS")
		.withZone(ZoneOffset.UTC);

	/**
	 * Ticks of a moment.
	 * @param fraction below a millisecond, 0 to 9,999
	 */
	static long ticks(long millis, int fraction) {
		return TICKS_AT_1970 + millis * 10_000 + fraction;
	}

	String url() {
		String lifecycle = this.subscription.lifecycleUrl();
		return (this.objectId == null && lifecycle != null) ? lifecycle : this.subscription.notificationUrl();
	}

	void write(JsonBytes json) {
		json.object();
		if (this.objectId == null) {
			json.field("lifecycleEvent", this.event);
		}
		else {
			json.field("changeType", this.event);
		}
		json.field("clientState", this.clientState);
		if (this.objectId != null) {
			resource(json, this.objectId);
		}
		json.field("subscriptionExpirationDateTime", TIME.format(this.subscription.expiration()) + "+00:00")
			.field("subscriptionId", this.subscription.id())
			.field("tenantId", this.subscription.tenant())
			.endObject();
	}

	private void resource(JsonBytes json, String id) {
		String path = this.subscription.kind().notificationPath() + '/' + id;
		String type = this.subscription.kind().typeName();
		json.field("resource", path).name("resourceData").object();
		json.field("@odata.type", "#Microsoft.Graph." + Character.toUpperCase(type.charAt(0)) + type.substring(1))
			.field("@odata.id", path)
			.field("id", id)
			.field("organizationId", this.subscription.tenant())
			.field("eventTime", TIME.format(instant()) + 'Z')
			.field("sequenceNumber", this.ticks)
			.endObject();
	}

	private Instant instant() {
		long since1970 = this.ticks - TICKS_AT_1970;
		return Instant.ofEpochSecond(Math.floorDiv(since1970, TICKS_PER_SECOND),
				Math.floorMod(since1970, TICKS_PER_SECOND) * 100);
	}

}
