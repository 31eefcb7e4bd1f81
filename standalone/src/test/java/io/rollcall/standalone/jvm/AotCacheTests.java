package io.rollcall.standalone.jvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A cache of a small application, made and used by real JVMs. */
class AotCacheTests {

	private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx64m");

	@TempDir
	private Path folder;

	private Path jar;

	/** What is started: ends by itself, well unless it is told otherwise. */
	public static final class Application {

		private Application() {
		}

		public static void main(String[] args) {
			System.exit((args.length > 0) ? 1 : 0);
		}

	}

	@BeforeEach
	void pack() throws IOException {
		this.jar = this.folder.resolve("application.jar");
		String file = Application.class.getName().replace('.', '/') + ".class";
		try (InputStream code = Application.class.getResourceAsStream("/" + file);
				OutputStream out = Files.newOutputStream(this.jar);
				JarOutputStream packed = new JarOutputStream(out)) {
			packed.putNextEntry(new ZipEntry(file));
			code.transferTo(packed);
			packed.closeEntry();
		}
	}

	@Test
	void isMadeOnceAndUsedByAStart() throws Exception {
		assertThat(cache(OPTIONS).fits()).isFalse();
		cache(OPTIONS).train(List.of(Application.class.getName()));
		assertThat(cache(OPTIONS).fits()).isTrue();
		// Without a cache that it can use this JVM would not start.
		Process started = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:+UseSerialGC", "-Xmx64m", "-XX:AOTMode=on", "-XX:AOTCache=" + file(), "-cp", this.jar.toString(),
				Application.class.getName())
			.inheritIO()
			.start();
		assertThat(started.waitFor()).isZero();
	}

	@Test
	void fitsNoOtherOptionsAndNoOtherJars() throws Exception {
		cache(OPTIONS).train(List.of(Application.class.getName()));
		assertThat(cache(List.of("-XX:+UseSerialGC")).fits()).isFalse();
		Files.setLastModifiedTime(this.jar, FileTime.from(Instant.EPOCH));
		assertThat(cache(OPTIONS).fits()).isFalse();
	}

	@Test
	void isNotThereAfterATrainingThatFailed() throws Exception {
		cache(OPTIONS).train(List.of(Application.class.getName()));
		cache(OPTIONS).train(List.of(Application.class.getName(), "fail"));
		assertThat(cache(OPTIONS).fits()).isFalse();
		assertThat(this.folder.resolve("test.aot.recorded")).doesNotExist();
	}

	private AotCache cache(List<String> options) {
		return new AotCache(file(), this.jar.toString(), options);
	}

	private Path file() {
		return this.folder.resolve("test.aot");
	}

}
