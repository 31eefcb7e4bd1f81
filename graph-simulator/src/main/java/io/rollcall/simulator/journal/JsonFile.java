package io.rollcall.simulator.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Something small in one file, written anew at each change. */
final class JsonFile {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Path file;

	JsonFile(Path file) {
		this.file = file;
	}

	<T> T read(TypeReference<T> type, T otherwise) {
		return Files.exists(this.file) ? JSON.readValue(this.file.toFile(), type) : otherwise;
	}

	synchronized void write(Object whole) {
		try {
			Files.createDirectories(this.file.getParent());
			Path beside = this.file.resolveSibling(this.file.getFileName() + ".part");
			JSON.writeValue(beside.toFile(), whole);
			Files.move(beside, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(this.file + " could not be written", ex);
		}
	}

}
