package io.rollcall.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that is measured; it ends with the benchmark. */
public final class Child implements AutoCloseable {

	private static final int LONGEST_STOP_SECONDS = 45;

	private final String name;

	private final Process process;

	private final Path log;

	private Child(String name, Process process, Path log) {
		this.name = name;
		this.process = process;
		this.log = log;
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
	}

	/**
	 * Starts a main class on our class path; what it prints goes to a file in the folder.
	 */
	public static Child start(String name, Path folder, List<String> jvm, Class<?> main, List<String> args) {
		List<String> command = new ArrayList<>(jvm);
		command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED", "-cp",
				System.getProperty("java.class.path"), main.getName()));
		command.addAll(args);
		return start(name, folder, Path.of("").toAbsolutePath(), command);
	}

	/** Starts a JVM with these arguments in a working directory. */
	public static Child start(String name, Path folder, Path directory, List<String> arguments) {
		Path log = folder.resolve(name + ".log");
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(arguments);
		try {
			Files.createDirectories(folder);
			ProcessBuilder process = new ProcessBuilder(command).directory(directory.toFile())
				.redirectErrorStream(true)
				.redirectOutput(log.toFile());
			// As in the images.
			process.environment().put("MALLOC_ARENA_MAX", "2");
			return new Child(name, process.start(), log);
		}
		catch (IOException ex) {
			throw new IllegalStateException(name + " did not start: " + ex, ex);
		}
	}

	public String name() {
		return this.name;
	}

	public Usage usage() {
		return Usage.of(this.process.toHandle());
	}

	/** Fails when the process has ended, with its last lines. */
	public void checkAlive() {
		if (!this.process.isAlive()) {
			throw new IllegalStateException("%s ended with %d. Its log %s ends with:%n%s".formatted(this.name,
					this.process.exitValue(), this.log, tail()));
		}
	}

	/** Waits for it to end by itself, well. */
	public void awaitEnd() {
		try {
			if (this.process.waitFor() != 0) {
				checkAlive();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		try {
			if (!this.process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	private String tail() {
		try {
			List<String> lines = Files.readAllLines(this.log);
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
		}
		catch (IOException ex) {
			return "(unreadable: " + ex + ")";
		}
	}

}
