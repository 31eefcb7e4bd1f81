package io.rollcall.connector.rules;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.BitSet;

import org.jspecify.annotations.Nullable;

/**
 * The five classic cron fields: minute, hour, day of month, month, day of week (0 or 7 is
 * Sunday), each {@code *}, a number, a list, a range or steps. When both days are given,
 * either may match, as in cron.
 */
record Cron(BitSet minutes, BitSet hours, BitSet days, BitSet months, BitSet weekdays, boolean anyDay,
		boolean anyWeekday) {

	private static final int DAYS_TO_TRY = 5 * 366;

	static Cron parse(String text) {
		String[] fields = text.strip().split("\\s+");
		if (fields.length != 5) {
			throw new IllegalArgumentException(("'%s' must have five fields: minute hour day month weekday, "
					+ "such as '0 2 * * *' for 02:00 every night")
				.formatted(text));
		}
		BitSet weekdays = field(fields[4], 0, 7, "weekday");
		if (weekdays.get(7)) {
			weekdays.set(0);
		}
		return new Cron(field(fields[0], 0, 59, "minute"), field(fields[1], 0, 23, "hour"),
				field(fields[2], 1, 31, "day"), field(fields[3], 1, 12, "month"), weekdays, fields[2].startsWith("*"),
				fields[4].startsWith("*"));
	}

	@Nullable ZonedDateTime nextAfter(ZonedDateTime after) {
		LocalDate date = after.toLocalDate();
		for (int i = 0; i < DAYS_TO_TRY; i++, date = date.plusDays(1)) {
			if (matches(date)) {
				ZonedDateTime next = firstOn(date, after);
				if (next != null) {
					return next;
				}
			}
		}
		return null;
	}

	private @Nullable ZonedDateTime firstOn(LocalDate date, ZonedDateTime after) {
		for (int hour = this.hours.nextSetBit(0); hour >= 0; hour = this.hours.nextSetBit(hour + 1)) {
			for (int minute = this.minutes.nextSetBit(0); minute >= 0; minute = this.minutes.nextSetBit(minute + 1)) {
				// A time that the clocks skip in spring happens an hour later; one that
				// they repeat in autumn happens once.
				ZonedDateTime at = ZonedDateTime.of(date, LocalTime.of(hour, minute), after.getZone());
				if (at.toInstant().isAfter(after.toInstant())) {
					return at;
				}
			}
		}
		return null;
	}

	private boolean matches(LocalDate date) {
		boolean day = this.days.get(date.getDayOfMonth());
		boolean weekday = this.weekdays.get(date.getDayOfWeek().getValue() % 7);
		boolean either = (this.anyDay || this.anyWeekday) ? day && weekday : day || weekday;
		return this.months.get(date.getMonthValue()) && either;
	}

	private static BitSet field(String text, int lowest, int highest, String name) {
		BitSet values = new BitSet();
		for (String part : text.split(",", -1)) {
			String[] stepped = part.split("/", 2);
			int step = (stepped.length == 2) ? number(stepped[1], 1, highest, name) : 1;
			int from = lowest;
			int to = highest;
			if (!stepped[0].equals("*")) {
				String[] range = stepped[0].split("-", 2);
				from = number(range[0], lowest, highest, name);
				to = (range.length == 2) ? number(range[1], from, highest, name)
						: (stepped.length == 2) ? highest : from;
			}
			for (int value = from; value <= to; value += step) {
				values.set(value);
			}
		}
		return values;
	}

	private static int number(String text, int lowest, int highest, String name) {
		if (text.matches("[0-9]{1,2}")) {
			int value = Integer.parseInt(text);
			if (value >= lowest && value <= highest) {
				return value;
			}
		}
		throw new IllegalArgumentException(
				"'%s' is not a %s from %d to %d in a schedule".formatted(text, name, lowest, highest));
	}

}
