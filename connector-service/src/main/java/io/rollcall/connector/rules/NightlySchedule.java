package io.rollcall.connector.rules;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import org.jspecify.annotations.Nullable;

/** When a connection runs by itself: a cron expression in a time zone. */
public record NightlySchedule(String cron, String zone) {

	public static final NightlySchedule DEFAULT = new NightlySchedule("0 2 * * *", "UTC");

	public NightlySchedule {
		Cron.parse(cron);
		zoneOf(zone);
	}

	/** The first time after the instant, or null if there is none within five years. */
	public @Nullable Instant nextAfter(Instant instant) {
		ZonedDateTime next = Cron.parse(this.cron).nextAfter(instant.atZone(ZoneId.of(this.zone)));
		return (next != null) ? next.toInstant() : null;
	}

	private static void zoneOf(String zone) {
		try {
			ZoneId.of(zone);
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(
					"'" + zone + "' is not a time zone; use a name such as Europe/Berlin or UTC");
		}
	}

}
