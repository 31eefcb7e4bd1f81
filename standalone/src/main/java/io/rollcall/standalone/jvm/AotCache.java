package io.rollcall.standalone.jvm;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The JVM's ahead-of-time cache of an application: classes that are loaded and linked,
 * and what a training run found out about its methods. A start with it takes a third of
 * the time. It fits exactly one JVM and one class path of jars.
 */
public final class AotCache {

	private static final Duration LONGEST = Duration.ofMinutes(3);

	private final Path file;

	/** What it must have been made of. */
	private final String wanted;

	private final String classPath;

	private final List<String> options;

	/**
	 * A cache in a file.
	 * @param options of the JVM, the same ones for training and for use
	 */
	public AotCache(Path file, String classPath, List<String> options) {
		this.file = file;
		this.classPath = classPath;
		this.options = List.copyOf(options);
		StringBuilder key = new StringBuilder(Runtime.version() + " " + options + "\n");
		for (String jar : classPath.split(File.pathSeparator)) {
			File entry = new File(jar);
			key.append("%s %d %d%n".formatted(entry, entry.length(), entry.lastModified()));
		}
		this.wanted = key.toString();
	}

	/**
	 * Makes the cache of what runs here, if there is none that fits: the file, then the
	 * main class and arguments of the training run, which must end by itself.
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		AotCache cache = new AotCache(Path.of(args[0]), System.getProperty("java.class.path"),
				ManagementFactory.getRuntimeMXBean().getInputArguments());
		if (!cache.fits()) {
			System.out.println("Preparing quick starts, once: this takes about half a minute");
			cache.train(List.of(args).subList(1, args.length));
		}
	}

	/** Whether it was made by this JVM of these jars. */
	public boolean fits() throws IOException {
		return Files.exists(this.file) && Files.exists(key()) && Files.readString(key()).equals(this.wanted);
	}

	/** Makes it; where that fails nothing is lost but time. */
	public void train(List<String> application) throws IOException, InterruptedException {
		Files.createDirectories(this.file.toAbsolutePath().getParent());
		Files.deleteIfExists(key());
		Path recorded = this.file.resolveSibling(this.file.getFileName() + ".recorded");
		if (java(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recorded), application)
				&& java(List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recorded, "-XX:AOTCache=" + this.file),
						List.of())) {
			Files.writeString(key(), this.wanted);
		}
		Files.deleteIfExists(recorded);
	}

	private boolean java(List<String> mode, List<String> application) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
		command.addAll(this.options);
		command.addAll(mode);
		command.addAll(List.of("-cp", this.classPath));
		command.addAll(application);
		Process process = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(this.file.resolveSibling(this.file.getFileName() + ".log").toFile())
			.start();
		if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
			process.destroy();
			return false;
		}
		return process.exitValue() == 0;
	}

	private Path key() {
		return this.file.resolveSibling(this.file.getFileName() + ".key");
	}

}
