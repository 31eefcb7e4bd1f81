package io.rollcall.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An application as the Dockerfile makes it: the module's executable jar extracted, and
 * an AOT cache from a training start.
 */
public final class Application {

	private static final String JAR = "app.jar";

	private static final String CACHE = "app.aot";

	/** What the Dockerfile gives a service besides. */
	private static final Map<String, List<String>> AS_IN_IMAGES = Map.of("notifier-service",
			List.of("-XX:TieredStopAtLevel=1", "-Xms32m"));

	private final String module;

	private final Path prepared;

	private final List<String> jvm;

	private Application(String module, Path prepared, List<String> jvm) {
		this.module = module;
		this.prepared = prepared;
		this.jvm = jvm;
	}

	/**
	 * Prepares a module, if that was not done before.
	 * @param folder where prepared applications are
	 * @param heap its largest
	 */
	public static Application of(String module, Path folder, String heap) {
		List<String> jvm = new ArrayList<>(List.of("-Xmx" + heap, "-XX:+UseSerialGC"));
		jvm.addAll(AS_IN_IMAGES.getOrDefault(module, List.of()));
		Application application = new Application(module, folder.resolve(module), jvm);
		if (!Files.exists(application.prepared)) {
			application.prepare(folder);
		}
		return application;
	}

	/** Starts it; what it prints goes to a file in the folder. */
	public Child start(String name, Path folder, List<String> jvmOptions, List<String> args) {
		List<String> command = new ArrayList<>(this.jvm);
		command.addAll(jvmOptions);
		command.addAll(List.of("-XX:AOTCache=" + CACHE, "-Xlog:aot*=off", "-jar", JAR));
		command.addAll(args);
		return Child.start(name, folder, this.prepared, command);
	}

	private void prepare(Path folder) {
		Child
			.start(this.module + "-extract", folder, folder, List.of("-Djarmode=tools", "-jar", jar().toString(),
					"extract", "--application-filename", JAR, "--destination", this.prepared.toString()))
			.awaitEnd();
		List<String> training = new ArrayList<>(this.jvm);
		training.addAll(List.of("-XX:AOTCacheOutput=" + CACHE, "-Dspring.context.exit=onRefresh", "-jar", JAR,
				"--rollcall.encryption-key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
		Child.start(this.module + "-training", folder, this.prepared, training).awaitEnd();
	}

	private Path jar() {
		Path target = Path.of("..", this.module, "target").toAbsolutePath().normalize();
		try (Stream<Path> files = Files.list(target)) {
			return files.filter((file) -> file.toString().endsWith("-exec.jar")).findFirst().orElseThrow();
		}
		catch (IOException ex) {
			throw new IllegalStateException("There is no executable jar in " + target + ": build it first", ex);
		}
	}

}
