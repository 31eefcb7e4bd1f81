package io.rollcall.benchmarks.stage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.benchmarks.Report;
import io.rollcall.benchmarks.pipe.Furniture;
import io.rollcall.benchmarks.process.Usage;

/**
 * Measures a piece of work: time, our CPU time, and that of broker, mongod, simulator.
 */
final class Meter {

	private final Furniture furniture;

	Meter(Furniture furniture) {
		this.furniture = furniture;
	}

	/** What a stage took. */
	record Measured(String stage, String unit, long units, double seconds, Map<String, Double> cpu) {

		double cpuSeconds() {
			return this.cpu.values().stream().mapToDouble(Double::doubleValue).sum();
		}

		List<String> row(int users) {
			return List.of(this.stage, "%,d %s".formatted(this.units, this.unit),
					Report.number(this.units / this.seconds), Report.number(users / this.seconds),
					micros("ours", users), micros("simulator", users), micros("broker", users), micros("mongod", users),
					Report.number(cpuSeconds() * 1e6 / users));
		}

		private String micros(String process, int users) {
			return Report.number(this.cpu.getOrDefault(process, 0.0) * 1e6 / users);
		}

	}

	Measured measure(String stage, String unit, java.util.function.LongSupplier work) {
		Map<String, Usage> before = usage();
		long begun = System.nanoTime();
		long units = work.getAsLong();
		double seconds = (System.nanoTime() - begun) / 1e9;
		Map<String, Double> cpu = new LinkedHashMap<>();
		usage()
			.forEach((name, after) -> cpu.put(name, after.since(before.getOrDefault(name, Usage.NONE)).cpuSeconds()));
		return new Measured(stage, unit, units, seconds, cpu);
	}

	private Map<String, Usage> usage() {
		Map<String, Usage> usage = new LinkedHashMap<>();
		usage.put("ours", Usage.of(ProcessHandle.current()));
		usage.putAll(this.furniture.usage());
		return usage;
	}

}
