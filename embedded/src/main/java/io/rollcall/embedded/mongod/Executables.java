package io.rollcall.embedded.mongod;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** Finding programs and running them for their output. */
final class Executables {

	static final boolean WINDOWS = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

	static final String MONGOD = WINDOWS ? "mongod.exe" : "mongod";

	private Executables() {
	}

	/** The first program of that name in a search path such as {@code PATH}. */
	static Optional<Path> on(@Nullable String searchPath, String name) {
		if (searchPath == null) {
			return Optional.empty();
		}
		return Arrays.stream(searchPath.split(File.pathSeparator))
			.filter((folder) -> !folder.isBlank())
			.map((folder) -> Path.of(folder).resolve(name))
			.filter((program) -> Files.isRegularFile(program) && Files.isExecutable(program))
			.findFirst();
	}

	/** What a finished program said. */
	record Said(int exit, String output) {
	}

	/**
	 * Runs a program to its end.
	 * @throws IOException if it cannot be started or takes longer than allowed
	 */
	static Said run(Duration atMost, List<String> command) throws IOException {
		Path output = Files.createTempFile("rollcall", ".out");
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			process.getOutputStream().close();
			if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
				process.destroyForcibly();
				throw new IOException(command.getFirst() + " did not end within " + atMost.toSeconds() + " s");
			}
			try (InputStream said = Files.newInputStream(output)) {
				return new Said(process.exitValue(), new String(said.readAllBytes(), StandardCharsets.UTF_8).strip());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while " + command.getFirst() + " ran", ex);
		}
		finally {
			Files.deleteIfExists(output);
		}
	}

}
