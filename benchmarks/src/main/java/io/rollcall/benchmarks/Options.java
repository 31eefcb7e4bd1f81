package io.rollcall.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is measured, from system properties.
 *
 * @param users the tenant sizes of the first sync, the smallest first; 1,000,000 works
 * too and takes its time
 * @param only which parts to measure
 * @param stageUsers the tenant size of the single stages
 * @param naiveUsers the tenant size of the naive script
 * @param heap the largest heap of each service
 * @param profile whether each service is recorded while it syncs
 * @param latencyFor how long changes are made at a steady rate
 * @param longest how long one sync may take
 * @param folder where data, logs, recordings and the table go; emptied before
 */
record Options(List<Integer> users, Set<Part> only, int stageUsers, int naiveUsers, String heap, boolean profile,
		Duration latencyFor, Duration longest, Path folder) {

	/** What can be measured. */
	enum Part {

		STAGES, SYNC, AGAIN, PREVIEW, LATENCY, WEBHOOK, NAIVE

	}

	static Options read() {
		List<Integer> users = list("users", "10000,100000").map((text) -> Integer.parseInt(text.replace("_", "")))
			.sorted()
			.toList();
		Set<Part> only = list("only", "stages,sync,again,preview,latency,webhook,naive").map(Options::part)
			.collect(Collectors.toUnmodifiableSet());
		int smallest = users.getFirst();
		return new Options(users, only, Integer.getInteger("stageUsers", Math.min(30_000, smallest)),
				Integer.getInteger("naiveUsers", Math.min(5_000, smallest)), System.getProperty("heap", "230m"),
				Boolean.getBoolean("profile"), Duration.ofSeconds(Integer.getInteger("latencySeconds", 60)),
				Duration.ofMinutes(Integer.getInteger("syncMinutes", 30)),
				Path.of(System.getProperty("folder", "target/benchmark")).toAbsolutePath());
	}

	boolean wants(Part part) {
		return this.only.contains(part);
	}

	/** The largest tenant. */
	int mostUsers() {
		return this.users.getLast();
	}

	/** Whether the services are needed. */
	boolean wantsServices() {
		return wants(Part.SYNC) || wants(Part.AGAIN) || wants(Part.PREVIEW) || wants(Part.LATENCY)
				|| wants(Part.WEBHOOK);
	}

	private static java.util.stream.Stream<String> list(String name, String otherwise) {
		return Arrays.stream(System.getProperty(name, otherwise).split(",")).map(String::strip);
	}

	private static Part part(String text) {
		try {
			return Part.valueOf(text.toUpperCase(Locale.ROOT));
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"-Donly names '%s'; it may name %s".formatted(text, Arrays.toString(Part.values())));
		}
	}

}
