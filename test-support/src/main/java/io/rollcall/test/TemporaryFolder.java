package io.rollcall.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders that live as long as a server. */
final class TemporaryFolder {

	private TemporaryFolder() {
	}

	static Path create(String purpose) {
		try {
			return Files.createTempDirectory("rollcall-test-" + purpose + "-");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** As far as possible: what is left in the temporary folder hurts nobody. */
	static void delete(Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
		catch (IOException ex) {
			folder.toFile().deleteOnExit();
		}
	}

}
