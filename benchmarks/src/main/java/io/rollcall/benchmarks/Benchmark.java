package io.rollcall.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

import io.rollcall.benchmarks.Options.Part;
import io.rollcall.benchmarks.pipe.Furniture;
import io.rollcall.benchmarks.pipe.Services;
import io.rollcall.benchmarks.pipe.Watch;
import io.rollcall.benchmarks.scenario.ChangeLatency;
import io.rollcall.benchmarks.scenario.InitialSync;
import io.rollcall.benchmarks.scenario.NaiveScript;
import io.rollcall.benchmarks.scenario.WebhookLoad;
import io.rollcall.benchmarks.stage.Stages;
import org.jspecify.annotations.Nullable;

/** Measures what README says, and prints it as Markdown. */
public final class Benchmark {

	private final Options options;

	private final Machine machine;

	private final Report report = new Report();

	private double limit = Double.NaN;

	private InitialSync.@Nullable Synced largest;

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
			try (Furniture furniture = new Furniture(this.options.folder().resolve("stages"));
					Watch watch = new Watch(furniture)) {
				this.limit = new Stages(furniture, watch, this.report).run(this.options.stageUsers());
			}
			save();
		}
		if (this.options.wantsServices()) {
			Path folder = this.options.folder().resolve("pipe");
			try (Furniture furniture = new Furniture(folder);
					Watch watch = new Watch(furniture);
					Services services = new Services(furniture, folder, this.options.heap(), this.options.profile())) {
				starts(services.starts());
				pipe(furniture, watch, services);
			}
			if (this.options.profile()) {
				new Profile(folder).report(this.report);
			}
		}
		if (this.options.wants(Part.NAIVE)) {
			try (Furniture furniture = new Furniture(this.options.folder().resolve("naive"))) {
				compare(new NaiveScript(furniture, this.report).run(this.options.naiveUsers()));
			}
		}
	}

	private void pipe(Furniture furniture, Watch watch, Services services) {
		InitialSync sync = new InitialSync(furniture, services, watch, this.report, this.options.longest());
		InitialSync.@Nullable Synced first = null;
		for (int users : this.options.wants(Part.SYNC) ? this.options.users() : this.options.users().subList(0, 1)) {
			InitialSync.Synced synced = sync.run(users);
			first = (first != null) ? first : synced;
			if (this.largest != null) {
				this.report.atLeast(
						"time grows linearly: rate at %,d users against %,d users".formatted(users,
								this.largest.tenant().users()),
						1, synced.usersPerSecond() / this.largest.usersPerSecond(), "×");
			}
			this.largest = synced;
			save();
		}
		if (this.largest != null && !Double.isNaN(this.limit)) {
			this.report.atLeast("initial sync against the machine's limit", 0.6,
					this.largest.usersPerSecond() / this.limit, "of it");
		}
		if (first != null && this.options.wants(Part.LATENCY)) {
			new ChangeLatency(furniture, services, watch, this.report).run(first.tenant(), first.connection(),
					this.options.latencyFor());
			save();
		}
		if (first != null && this.options.wants(Part.WEBHOOK)) {
			new WebhookLoad(furniture, services, watch, this.report).run(first.tenant(), first.connection());
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

	private void starts(Map<String, Duration> starts) {
		starts.forEach((name, start) -> this.report.atMost("start of the " + name, 6, start.toMillis() / 1000.0, "s"));
	}

	private void compare(double naive) {
		if (this.largest != null) {
			this.report.atLeast("initial sync against the naive script", 3, this.largest.usersPerSecond() / naive, "×");
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
