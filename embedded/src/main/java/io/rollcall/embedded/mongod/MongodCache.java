package io.rollcall.embedded.mongod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** Our own folder of downloaded binaries: {@code <cache>/mongod/<version>/mongod}. */
record MongodCache(Path root) implements MongodSource {

	/**
	 * {@code ROLLCALL_CACHE} (system property or environment), else
	 * {@code ~/.cache/rollcall}.
	 */
	static MongodCache standard() {
		String chosen = System.getProperty("ROLLCALL_CACHE", System.getenv("ROLLCALL_CACHE"));
		return new MongodCache(
				(chosen != null) ? Path.of(chosen) : Path.of(System.getProperty("user.home"), ".cache", "rollcall"));
	}

	@Override
	public String name() {
		return "our cache " + versions();
	}

	@Override
	public Offer offer() {
		if (!Files.isDirectory(versions())) {
			return new Offer.Nothing("is not there yet");
		}
		try (Stream<Path> folders = Files.list(versions())) {
			return folders.map((folder) -> folder.resolve(Executables.MONGOD))
				.filter(Files::isExecutable)
				.max(Comparator.comparing((binary) -> MongodVersion.sortable(folderName(binary))))
				.<Offer>map(Offer.Binary::new)
				.orElseGet(() -> new Offer.Nothing("is empty"));
		}
		catch (IOException ex) {
			return new Offer.Nothing("cannot be read: " + ex);
		}
	}

	/** Where a binary of a version is kept. */
	Path place(String version) {
		return versions().resolve(version).resolve(Executables.MONGOD);
	}

	/** Moves a finished download in: another process sees all of it or nothing. */
	Path keep(String version, Path download) {
		Path place = place(version);
		try {
			Files.createDirectories(place.getParent());
			Path beside = Files.createTempFile(place.getParent(), Executables.MONGOD, ".part");
			Files.copy(download, beside, StandardCopyOption.REPLACE_EXISTING);
			if (!beside.toFile().setExecutable(true, false)) {
				throw new IOException("could not be made executable: " + beside);
			}
			return Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(
					"The cache " + this.root + " cannot be written (ROLLCALL_CACHE chooses another)", ex);
		}
	}

	Path example() {
		return place("8.0");
	}

	private Path versions() {
		return this.root.resolve("mongod");
	}

	private static String folderName(Path binary) {
		Path folder = binary.getParent();
		@Nullable Path name = (folder != null) ? folder.getFileName() : null;
		return String.valueOf(name);
	}

}
