package io.rollcall.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a process has cost so far.
 *
 * @param cpu of all its threads, the garbage collector's and the compiler's included
 * @param resident memory now, in bytes; 0 where there is no /proc
 * @param peak the most it ever was, in bytes
 */
public record Usage(Duration cpu, long resident, long peak) {

	/** Nothing yet: what a process that was not there has cost. */
	public static final Usage NONE = new Usage(Duration.ZERO, 0, 0);

	public static Usage of(ProcessHandle process) {
		Duration cpu = process.info().totalCpuDuration().orElse(Duration.ZERO);
		long resident = 0;
		long peak = 0;
		try {
			for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
				if (line.startsWith("VmRSS:")) {
					resident = bytes(line);
				}
				else if (line.startsWith("VmHWM:")) {
					peak = bytes(line);
				}
			}
		}
		catch (IOException ex) {
			// no /proc here, or the process has just ended
		}
		return new Usage(cpu, resident, peak);
	}

	/** What was added since then. */
	public Usage since(Usage before) {
		return new Usage(this.cpu.minus(before.cpu), this.resident, this.peak);
	}

	public double cpuSeconds() {
		return this.cpu.toNanos() / 1e9;
	}

	public double residentMegabytes() {
		return this.resident / 1024.0 / 1024;
	}

	public double peakMegabytes() {
		return this.peak / 1024.0 / 1024;
	}

	private static long bytes(String line) {
		return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
	}

}
