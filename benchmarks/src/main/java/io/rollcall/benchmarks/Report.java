package io.rollcall.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What was measured, as Markdown: against its goal, and in tables of its own. */
public final class Report {

	private final List<Goal> goals = new ArrayList<>();

	private final List<Table> tables = new ArrayList<>();

	private final List<String> notes = new ArrayList<>();

	/**
	 * A number against what it should be.
	 *
	 * @param ratio how much of the goal is reached: 1 and more is good
	 */
	private record Goal(String what, String goal, String measured, double ratio) {
	}

	/** More than one number. */
	private record Table(String title, List<String> header, List<List<String>> rows) {
	}

	/** A rate that should be at least so high. */
	public void atLeast(String what, double goal, double measured, String unit) {
		this.goals.add(new Goal(what, "≥ %s %s".formatted(number(goal), unit), number(measured) + " " + unit,
				measured / goal));
	}

	/** A time or a size that should be at most so large. */
	public void atMost(String what, double goal, double measured, String unit) {
		this.goals.add(new Goal(what, "≤ %s %s".formatted(number(goal), unit), number(measured) + " " + unit,
				goal / measured));
	}

	public void table(String title, List<String> header, List<List<String>> rows) {
		this.tables.add(new Table(title, header, List.copyOf(rows)));
	}

	/** A sentence below the tables: what is wrong, or what a reader must know. */
	public void note(String note) {
		this.notes.add(note);
		progress(note);
	}

	/** Says on the way what happens. */
	public static void progress(String line) {
		System.err.println("[benchmark] " + line);
	}

	/** With thousands separators, and as many decimals as say something. */
	public static String number(double value) {
		double size = Math.abs(value);
		return (size >= 100) ? "%,.0f".formatted(value)
				: (size >= 10) ? "%.1f".formatted(value) : "%.2f".formatted(value);
	}

	String markdown() {
		StringBuilder text = new StringBuilder();
		if (!this.goals.isEmpty()) {
			List<List<String>> rows = this.goals.stream()
				.map((goal) -> List.of(goal.what(), goal.goal(), goal.measured(), "%.2f".formatted(goal.ratio()),
						(goal.ratio() >= 1) ? "yes" : "no"))
				.toList();
			append(text, new Table("Against the goals", List.of("what", "goal", "measured", "ratio", "reached"), rows));
		}
		this.tables.forEach((table) -> append(text, table));
		if (!this.notes.isEmpty()) {
			text.append("## Notes\n\n");
			this.notes.forEach((note) -> text.append("- ").append(note).append('\n'));
		}
		return text.toString();
	}

	private static void append(StringBuilder text, Table table) {
		text.append("## ").append(table.title()).append("\n\n");
		line(text, table.header());
		line(text,
				table.header()
					.stream()
					.map((name) -> name.equals(table.header().getFirst()) ? "---" : "---:")
					.toList());
		table.rows().forEach((row) -> line(text, row));
		text.append('\n');
	}

	private static void line(StringBuilder text, List<String> cells) {
		text.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

}
