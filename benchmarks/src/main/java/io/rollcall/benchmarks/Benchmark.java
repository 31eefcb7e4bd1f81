package io.rollcall.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.rollcall.benchmarks.Options.Part;
import io.rollcall.benchmarks.pipe.Furniture;
import io.rollcall.benchmarks.pipe.Services;
import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.benchmarks.scenario.ChangeLatency;
import io.rollcall.benchmarks.scenario.FirstSync;
import io.rollcall.benchmarks.scenario.NaiveScript;
import io.rollcall.benchmarks.scenario.RulesPreview;
import io.rollcall.benchmarks.scenario.WebhookLoad;
import io.rollcall.benchmarks.scenario.Stages;
import org.jspecify.annotations.Nullable;

/** Measures what README says, and prints it as Markdown. */
public final class Benchmark {

	private final Options options;

	private final Machine machine;

	private final Report report = new Report();

	private double limit = Double.NaN;

	private FirstSync.@Nullable Synced first;

	private FirstSync.@Nullable Synced largest;

	private Benchmark(Options options, Machine machine) {
		this.options = options;
		this.machine = machine;
	}

	public static void main(String[] args) throws IOException {
		System.setProperty("logback.configurationFile", "benchmark-logback.xml");
		Options options = Options.read();
		empty(options.folder());
		Machine machine = Machine.here();
		Report.progress(machine.describe());
		Benchmark benchmark = new Benchmark(options, machine);
		try {
			benchmark.measure();
		}
		catch (RuntimeException ex) {
			benchmark.report.note("**It ended before its end: %s**"
				.formatted(String.valueOf(ex.getMessage()).lines().findFirst().orElse("")));
			ex.printStackTrace();
		}
		System.out.println(benchmark.save());
		Report.progress("saved as " + benchmark.file());
		System.exit(0);
	}

	private void measure() {
		if (this.options.wants(Part.STAGES)) {
			Path folder = this.options.folder().resolve("stages");
			try (Furniture furniture = new Furniture(folder, this.options.stageUsers());
					Watch watch = new Watch(furniture);
					Services services = services(furniture, folder)) {
				this.limit = new Stages(furniture, services, watch, this.report).run(this.options.stageUsers(),
						this.options.longest());
			}
			save();
		}
		if (this.options.wantsServices()) {
			Path folder = this.options.folder().resolve("pipe");
			try (Furniture furniture = new Furniture(folder, this.options.mostUsers());
					Watch watch = new Watch(furniture);
					Services services = services(furniture, folder)) {
				List.of("reconciler", "notifier", "connector").forEach(services::start);
				services.starts()
					.forEach((name, start) -> this.report.atMost("start of the " + name, 6, start.toMillis() / 1000.0,
							"s"));
				pipe(furniture, watch, services);
			}
			if (this.options.profile()) {
				new Profile(folder).report(this.report);
			}
		}
		if (this.options.wants(Part.NAIVE)) {
			try (Furniture furniture = new Furniture(this.options.folder().resolve("naive"),
					this.options.naiveUsers())) {
				compare(new NaiveScript(furniture, this.report).run(this.options.naiveUsers()));
			}
		}
	}

	private Services services(Furniture furniture, Path folder) {
		return new Services(furniture, folder, this.options.heap(), this.options.profile());
	}

	/** The smallest tenant is the neighbour of the larger ones. */
	private void pipe(Furniture furniture, Watch watch, Services services) {
		FirstSync sync = new FirstSync(furniture, services, watch, this.report, this.options.longest());
		ChangeLatency latency = new ChangeLatency(furniture, services, watch, this.report);
		FirstSync.@Nullable Synced before = null;
		for (int users : this.options.wants(Part.SYNC) ? this.options.users() : this.options.users().subList(0, 1)) {
			FirstSync.Synced neighbour = this.first;
			FirstSync.Synced synced = sync.run(users, (neighbour != null && this.options.wants(Part.LATENCY))
					? () -> latency.beside(neighbour) : () -> () -> {
					});
			if (before != null) {
				this.report.atLeast(
						"linear: rate at %,d users against %,d users".formatted(users, before.tenant().users()), 0.8,
						synced.usersPerSecond() / before.usersPerSecond(), "×");
			}
			this.first = (this.first != null) ? this.first : synced;
			before = synced;
			save();
			if (this.options.wants(Part.AGAIN)) {
				sync.again(synced);
				save();
			}
		}
		this.largest = before;
		if (this.largest != null && !Double.isNaN(this.limit)) {
			this.report.note("First sync against the sum of its stages, each alone: %.2f"
				.formatted(this.largest.usersPerSecond() / this.limit));
		}
		if (this.largest != null && this.options.wants(Part.PREVIEW)) {
			new RulesPreview(services, this.report, this.options.longest()).run(this.largest);
			save();
		}
		FirstSync.Synced smallest = this.first;
		if (smallest != null && this.options.wants(Part.LATENCY)) {
			latency.lonely(smallest);
			latency.many(smallest, this.options.latencyFor());
			save();
		}
		if (smallest != null && this.options.wants(Part.WEBHOOK)) {
			new WebhookLoad(furniture, services, watch, this.report).run(smallest.tenant(), smallest.connection());
		}
	}

	private Path file() {
		return this.options.folder().resolve("results.md");
	}

	/** After each part, so that what was measured is not lost when a later one fails. */
	private String save() {
		String markdown = "# What was measured\n\nMachine: " + this.machine.describe()
				+ ".\nEverything runs on it: simulated Graph, broker, mongod, services, and the benchmark itself.\n\n"
				+ this.report.markdown();
		try {
			Files.writeString(file(), markdown);
		}
		catch (IOException ex) {
			Report.progress(file() + " cannot be written: " + ex);
		}
		return markdown;
	}

	private void compare(double naive) {
		if (this.largest != null) {
			this.report.atLeast("first sync against the naive script", 12, this.largest.usersPerSecond() / naive, "×");
		}
	}

	private static void empty(Path folder) throws IOException {
		if (Files.exists(folder)) {
			try (Stream<Path> files = Files.walk(folder)) {
				for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
					Files.delete(file);
				}
			}
		}
		Files.createDirectories(folder);
	}

}
