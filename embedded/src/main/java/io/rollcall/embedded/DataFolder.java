package io.rollcall.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The folder in which an embedded Rollcall keeps everything, and the edition that it is
 * of: nothing is read of another one, and nothing is carried over.
 */
public final class DataFolder {

	private static final String CURRENT = "4";

	private static final String FILE = "edition";

	private static final String FIRST = "1";

	private DataFolder() {
	}

	/**
	 * Notes the edition in a folder that is empty or not there yet; call it before
	 * anything is started in it.
	 * @throws IllegalStateException if the folder is of another edition, saying what to
	 * delete
	 */
	public static void require(Path folder) {
		try {
			Files.createDirectories(folder);
			Path file = folder.resolve(FILE);
			if (!Files.exists(file) && isNew(folder)) {
				Files.writeString(file, CURRENT);
				return;
			}
			String edition = Files.exists(file) ? Files.readString(file).strip() : FIRST;
			if (!edition.equals(CURRENT)) {
				throw new IllegalStateException(("The folder %s is of edition %s of Rollcall, and this is edition %s, "
						+ "which reads nothing of another one. Delete the folder, or choose another: everything is read "
						+ "again from Microsoft Graph")
					.formatted(folder.toAbsolutePath(), edition, CURRENT));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The folder " + folder + " cannot be used: " + ex.getMessage(), ex);
		}
	}

	private static boolean isNew(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.noneMatch(Files::isDirectory);
		}
	}

}
