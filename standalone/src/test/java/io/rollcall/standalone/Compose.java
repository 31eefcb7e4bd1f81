package io.rollcall.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The repository's docker-compose.yml with the simulated tenant, as a person would run
 * it.
 */
final class Compose {

	private static final Duration LONGEST = Duration.ofMinutes(30);

	private final Path root;

	Compose(Path root) {
		this.root = root;
	}

	/** Whether an engine and Compose answer. */
	static boolean answers() {
		try {
			return run(Path.of("."), Duration.ofSeconds(20), List.of("docker", "info")).exit() == 0
					&& run(Path.of("."), Duration.ofSeconds(20), List.of("docker", "compose", "version")).exit() == 0;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	/** Runs {@code docker compose} with these words and gives what it printed. */
	String call(String... words) {
		List<String> command = new ArrayList<>(
				List.of("docker", "compose", "--env-file", "docker/demo.env", "--ansi", "never"));
		command.addAll(List.of(words));
		Result result = run(this.root, LONGEST, command);
		if (result.exit() != 0) {
			throw new IllegalStateException(
					"%s ended with %d:%n%s".formatted(String.join(" ", command), result.exit(), result.output()));
		}
		return result.output();
	}

	private static Result run(Path folder, Duration longest, List<String> command) {
		try {
			Path output = Files.createTempFile("compose", ".log");
			Process process = new ProcessBuilder(command).directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			if (!process.waitFor(longest.toSeconds(), TimeUnit.SECONDS)) {
				process.destroy();
				throw new IllegalStateException("%s took longer than %s".formatted(command, longest));
			}
			String text = Files.readString(output);
			Files.delete(output);
			return new Result(process.exitValue(), text);
		}
		catch (IOException ex) {
			throw new IllegalStateException("%s cannot be run".formatted(command), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted", ex);
		}
	}

	private record Result(int exit, String output) {
	}

}
