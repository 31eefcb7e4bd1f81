package io.rollcall.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pid files in a data folder: whose server runs there, and whether it was left behind
 * by a JVM that is gone.
 */
final class LeftOver {

	private static final Logger logger = LoggerFactory.getLogger(LeftOver.class);

	private LeftOver() {
	}

	/** Written by {@code mongod}. */
	static Path pidFile(Path folder) {
		return folder.resolve("mongod.pid");
	}

	/** Notes that this JVM owns the folder. */
	static void own(Path folder) throws IOException {
		Files.writeString(ownerFile(folder), String.valueOf(ProcessHandle.current().pid()));
	}

	static void forget(Path folder) throws IOException {
		Files.deleteIfExists(pidFile(folder));
		Files.deleteIfExists(ownerFile(folder));
	}

	/** The {@code mongod} that runs on the folder. */
	static Optional<ProcessHandle> serverIn(Path folder) {
		return read(pidFile(folder)).filter((process) -> looksLike(process, "mongod"));
	}

	/**
	 * Ends a server that its JVM left behind.
	 * @throws IllegalStateException if the folder belongs to another JVM that lives
	 */
	static void end(Path folder) {
		Optional<ProcessHandle> server = serverIn(folder);
		if (server.isEmpty()) {
			return;
		}
		Optional<ProcessHandle> owner = read(ownerFile(folder)).filter((process) -> looksLike(process, "java"))
			.filter((process) -> process.pid() != ProcessHandle.current().pid());
		if (owner.isPresent()) {
			throw new IllegalStateException("The folder " + folder + " is used by another Rollcall (process "
					+ owner.get().pid() + "). Stop that one, or choose another folder.");
		}
		logger.warn("Ending mongod {}, which was left behind in {}", server.get().pid(), folder);
		server.get().destroy();
		try {
			server.get().onExit().get(30, TimeUnit.SECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			server.get().destroyForcibly();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Path ownerFile(Path folder) {
		return folder.resolve("owner.pid");
	}

	private static Optional<ProcessHandle> read(Path file) {
		try {
			return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).filter(ProcessHandle::isAlive);
		}
		catch (IOException | NumberFormatException ex) {
			return Optional.empty();
		}
	}

	/**
	 * A pid is given again after a restart of the machine: only a process of that name is
	 * meant.
	 */
	private static boolean looksLike(ProcessHandle process, String program) {
		return process.info().command().map((command) -> command.contains(program)).orElse(true);
	}

}
