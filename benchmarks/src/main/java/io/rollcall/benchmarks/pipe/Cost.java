package io.rollcall.benchmarks.pipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.rollcall.benchmarks.Report;
import io.rollcall.benchmarks.process.Usage;

/**
 * What everything has done until now, and the difference of two such moments: CPU and
 * memory of each process, records of each topic, operations of {@code mongod}.
 */
public record Cost(Map<String, Usage> processes, Map<String, Long> records, Map<String, Long> mongo, long nanos) {

	public static Cost now(Furniture furniture, Services services, Watch watch) {
		Map<String, Usage> processes = new LinkedHashMap<>(services.usage());
		processes.putAll(furniture.usage());
		return new Cost(processes, watch.records(), watch.mongoCounters(), System.nanoTime());
	}

	public Cost since(Cost before) {
		Map<String, Usage> spent = new LinkedHashMap<>();
		this.processes
			.forEach((name, usage) -> spent.put(name, usage.since(before.processes.getOrDefault(name, Usage.NONE))));
		return new Cost(spent, minus(this.records, before.records), minus(this.mongo, before.mongo),
				this.nanos - before.nanos);
	}

	public double seconds() {
		return this.nanos / 1e9;
	}

	public double cpuSeconds() {
		return this.processes.values().stream().mapToDouble(Usage::cpuSeconds).sum();
	}

	public long allRecords() {
		return this.records.values().stream().mapToLong(Long::longValue).sum();
	}

	/** Documents inserted, updated and deleted. */
	public long documentWrites() {
		return this.mongo.getOrDefault("inserted", 0L) + this.mongo.getOrDefault("updated", 0L)
				+ this.mongo.getOrDefault("deleted", 0L);
	}

	/** Two tables: processes, and records and operations. */
	public void report(Report report, String title, long users) {
		List<List<String>> rows = new ArrayList<>();
		this.processes.forEach((name,
				usage) -> rows.add(List.of(name, Report.number(usage.cpuSeconds()),
						Report.number(usage.cpuSeconds() * 1e6 / users), Report.number(usage.residentMegabytes()),
						Report.number(usage.peakMegabytes()))));
		rows.add(List.of("all", Report.number(cpuSeconds()), Report.number(cpuSeconds() * 1e6 / users), "", ""));
		report.table(title, List.of("process", "CPU s", "CPU µs per user", "RSS MB", "peak RSS MB"), rows);
		Map<String, Long> counts = new TreeMap<>();
		this.records.forEach((topic, count) -> counts.put("records of " + topic, count));
		this.mongo.forEach((what, count) -> counts.put("MongoDB: " + what, count));
		report.table(title + ": records and database", List.of("what", "number", "per user"),
				counts.entrySet()
					.stream()
					.filter((count) -> count.getValue() != 0)
					.map((count) -> List.of(count.getKey(), "%,d".formatted(count.getValue()),
							"%.3f".formatted(count.getValue() / (double) users)))
					.toList());
	}

	private static Map<String, Long> minus(Map<String, Long> now, Map<String, Long> before) {
		Map<String, Long> difference = new LinkedHashMap<>();
		now.forEach((name, count) -> difference.put(name, count - before.getOrDefault(name, 0L)));
		return difference;
	}

}
