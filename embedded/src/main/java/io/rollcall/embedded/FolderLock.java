package io.rollcall.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.jspecify.annotations.Nullable;

/**
 * Keeps a second server out of a data folder, in this JVM or another; the operating
 * system lets go of it when the JVM ends. Kafka has a lock of its own, but takes it after
 * its controller has begun to write into the folder.
 */
final class FolderLock implements AutoCloseable {

	private final FileChannel file;

	private FolderLock(FileChannel file) {
		this.file = file;
	}

	/**
	 * Takes the folder, which is created when it is missing.
	 * @throws IllegalStateException if somebody else has it
	 */
	static FolderLock of(Path folder) {
		try {
			Files.createDirectories(folder);
			FileChannel file = FileChannel.open(folder.resolve(".rollcall.lock"), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (tryLock(file) == null) {
				file.close();
				throw new IllegalStateException("The folder " + folder
						+ " is used by another Rollcall. Stop that one, or choose another folder.");
			}
			return new FolderLock(file);
		}
		catch (IOException ex) {
			throw new IllegalStateException("The folder " + folder + " cannot be written: " + ex, ex);
		}
	}

	private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
		try {
			return file.tryLock();
		}
		catch (OverlappingFileLockException ex) {
			return null;
		}
	}

	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The lock on a data folder cannot be given back: " + ex, ex);
		}
	}

}
