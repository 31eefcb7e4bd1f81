package io.rollcall.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** A running {@code mongod}, bound to the life of this JVM. */
final class MongodProcess {

	/**
	 * Holds the server's life to ours: when this JVM ends, even by kill -9, the pipe
	 * closes, {@code cat} ends, and the server is told to stop. It is a session of its
	 * own where {@code setsid} exists, so that Ctrl-C reaches us only, and the services
	 * go first.
	 */
	private static final String GUARDED = """
			exec 3<&0
			"$@" 3<&- </dev/null &
			server=$!
			(cat <&3 >/dev/null; kill -TERM $server 2>/dev/null) >/dev/null 2>&1 &
			wait $server
			""";

	/**
	 * Elsewhere a shutdown hook does what it can; here one would only be too early for an
	 * orderly stop.
	 */
	private static final boolean GUARDS = File.separatorChar == '/';

	private final Process process;

	private final Path folder;

	private final @Nullable Thread lastWill;

	private MongodProcess(Process process, Path folder) {
		this.process = process;
		this.folder = folder;
		this.lastWill = GUARDS ? null : new Thread(this::end, "mongod-last-will");
		if (this.lastWill != null) {
			Runtime.getRuntime().addShutdownHook(this.lastWill);
		}
	}

	static MongodProcess start(Path binary, Path folder, int port) {
		try {
			Path data = Files.createDirectories(folder.resolve("data"));
			List<String> command = new ArrayList<>(guard());
			command.addAll(List.of(binary.toString(), "--dbpath", data.toString(), "--port", String.valueOf(port),
					"--bind_ip", "127.0.0.1", "--replSet", SingleNodeReplicaSet.NAME, "--oplogSize", "512",
					"--wiredTigerCacheSizeGB", "0.5", "--pidfilepath", LeftOver.pidFile(folder).toString(), "--logpath",
					log(folder).toString(), "--logappend", "--setParameter", "diagnosticDataCollectionEnabled=false",
					// Nobody reads snapshots of the past here, and keeping five minutes
					// of
					// them costs updates a third of their time.
					"--setParameter", "minSnapshotHistoryWindowInSeconds=0"));
			if (GUARDS) {
				command.add("--nounixsocket");
			}
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(folder.resolve("mongod.out").toFile())
				.start();
			LeftOver.own(folder);
			return new MongodProcess(process, folder);
		}
		catch (IOException ex) {
			throw new IllegalStateException("mongod did not start from " + binary + " in " + folder + ": " + ex, ex);
		}
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/** Ends the server in order, and waits for that. */
	void stop() {
		end();
		try {
			if (this.lastWill != null) {
				Runtime.getRuntime().removeShutdownHook(this.lastWill);
			}
		}
		catch (IllegalStateException ex) {
			// this JVM is already ending, and the hook finds nothing left to do
		}
	}

	/** The last lines that it wrote: why it ended. */
	String lastWords() {
		return tail(this.folder.resolve("mongod.out")) + tail(log(this.folder));
	}

	private void end() {
		LeftOver.serverIn(this.folder).ifPresent(ProcessHandle::destroy);
		try {
			// for a server that has no pid file yet, the closed pipe says the same
			this.process.getOutputStream().close();
			if (!this.process.waitFor(30, TimeUnit.SECONDS)) {
				LeftOver.serverIn(this.folder).ifPresent(ProcessHandle::destroyForcibly);
				this.process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
			}
			LeftOver.forget(this.folder);
		}
		catch (IOException ex) {
			this.process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	private static List<String> guard() {
		if (!GUARDS) {
			return List.of();
		}
		@Nullable Path setsid = List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"))
			.stream()
			.filter(Files::isExecutable)
			.findFirst()
			.orElse(null);
		List<String> shell = List.of("/bin/sh", "-c", GUARDED, "mongod-guard");
		if (setsid == null) {
			return shell;
		}
		List<String> session = new ArrayList<>(List.of(setsid.toString(), "--wait"));
		session.addAll(shell);
		return session;
	}

	private static Path log(Path folder) {
		return folder.resolve("mongod.log");
	}

	private static String tail(Path file) {
		try {
			List<String> lines = Files.readString(file, StandardCharsets.UTF_8).lines().toList();
			return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size())) + "\n";
		}
		catch (IOException ex) {
			return "";
		}
	}

}
