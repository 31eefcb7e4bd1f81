package io.rollcall.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.management.OperatingSystemMXBean;

/** The machine that the numbers are of. */
record Machine(int cores, String processor, long memory, String system, String jdk, double load) {

	private static final double BUSY = 0.5;

	static Machine here() {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		return new Machine(Runtime.getRuntime().availableProcessors(), processorName(), system.getTotalMemorySize(),
				system.getName() + " " + system.getVersion() + " " + system.getArch(),
				System.getProperty("java.vm.vendor") + " " + Runtime.version(), system.getSystemLoadAverage());
	}

	/**
	 * Whether others were already at work when it began: then the numbers are too low.
	 */
	boolean busy() {
		return this.load > this.cores * BUSY;
	}

	String describe() {
		return "%d cores of %s, %.0f GiB memory, %s, JDK %s; load average at the start %.1f%s".formatted(this.cores,
				this.processor, this.memory / 1024.0 / 1024 / 1024, this.system, this.jdk, this.load,
				busy() ? " (BUSY with other work: the rates are too low)" : "");
	}

	private static String processorName() {
		try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
			return lines.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse("an unnamed processor");
		}
		catch (IOException ex) {
			return "a processor of this system";
		}
	}

}
