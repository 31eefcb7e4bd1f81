package io.rollcall.connector.flow;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

import org.jspecify.annotations.Nullable;

import org.springframework.scheduling.support.CronExpression;

/**
 * When a connection runs by itself.
 *
 * @param cron minute, hour, day of month, month, day of week, as Spring's
 * {@link CronExpression} reads them: where both days are given, both must match
 * @param zone a time zone such as {@code Europe/Berlin}
 */
public record Schedule(String cron, String zone) {

	public Schedule {
		parse(cron);
		try {
			ZoneId.of(zone);
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(
					"'" + zone + "' is not a time zone; use a name such as Europe/Berlin or UTC");
		}
	}

	/** The first time after the instant, or null if there is none for years. */
	public @Nullable Instant nextAfter(Instant instant) {
		ZonedDateTime next = parse(this.cron).next(instant.atZone(ZoneId.of(this.zone)));
		return (next != null) ? next.toInstant() : null;
	}

	private static CronExpression parse(String cron) {
		try {
			if (cron.strip().split("\\s+").length == 5) {
				return CronExpression.parse("0 " + cron.strip());
			}
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("'%s' is not a schedule: %s".formatted(cron, ex.getMessage()));
		}
		throw new IllegalArgumentException(
				"'%s' must have five fields: minute hour day month weekday, such as '0 2 * * *' for 02:00 every night"
					.formatted(cron));
	}

}
