package io.rollcall.standalone.furniture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The key for secrets at rest: made at the first start, kept beside the data, readable by
 * its owner only.
 */
public final class EncryptionKey {

	private static final int BYTES = 32;

	private EncryptionKey() {
	}

	/** The key in base64. */
	public static String in(Path folder) {
		Path file = folder.resolve("encryption.key");
		try {
			if (!Files.exists(file)) {
				byte[] key = new byte[BYTES];
				new SecureRandom().nextBytes(key);
				Files.createDirectories(folder);
				create(file);
				Files.writeString(file, Base64.getEncoder().encodeToString(key), StandardOpenOption.WRITE);
			}
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The key " + file + " can neither be read nor made", ex);
		}
	}

	private static void create(Path file) throws IOException {
		if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		}
		else {
			Files.createFile(file);
		}
	}

}
