package io.rollcall.simulator.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import io.rollcall.simulator.tenant.Act;
import io.rollcall.simulator.tenant.Tenant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tenant's acts, one JSON line each, after a first line that says which tenant they
 * happened in.
 */
public final class ActJournal implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(ActJournal.class);

	private final FileChannel file;

	private ActJournal(FileChannel file) {
		this.file = file;
	}

	/**
	 * Lets everything that is written in the folder happen again, and writes what happens
	 * from now on.
	 * @throws IllegalStateException if the folder holds the acts of another tenant
	 */
	public static ActJournal resume(Tenant tenant, Path folder) {
		Path path = folder.resolve(tenant.id() + ".acts.jsonl");
		try {
			Files.createDirectories(folder);
			FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
					StandardOpenOption.WRITE);
			List<String> lines = wholeLines(file);
			ActJournal journal = new ActJournal(file);
			if (lines.isEmpty()) {
				journal.write(ActLines.spec(tenant.spec()));
			}
			else {
				replay(tenant, lines, path);
			}
			tenant.record((act, millis) -> journal.write(ActLines.write(act, millis)));
			return journal;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The journal " + path + " cannot be used", ex);
		}
	}

	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			log.debug("journal", ex);
		}
	}

	/**
	 * A line that a killed process left half written never happened to anybody: it is cut
	 * off.
	 */
	private static List<String> wholeLines(FileChannel file) throws IOException {
		ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
		while (bytes.hasRemaining() && file.read(bytes) >= 0) {
			// until all is read
		}
		String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
		String whole = text.substring(0, text.lastIndexOf('\n') + 1);
		int end = whole.getBytes(StandardCharsets.UTF_8).length;
		file.truncate(end).position(end);
		return whole.lines().toList();
	}

	private static void replay(Tenant tenant, List<String> lines, Path path) {
		if (!ActLines.spec(tenant.spec()).equals(lines.getFirst())) {
			throw new IllegalStateException(
					"%s belongs to another tenant (%s); delete it to begin a new one, or configure %s".formatted(path,
							lines.getFirst(), "the tenant as it was"));
		}
		for (String line : lines.subList(1, lines.size())) {
			ActLines.Happened happened = ActLines.read(line);
			tenant.replay(happened.act(), happened.millis());
		}
		log.info("Tenant {} goes on after {} acts", tenant.id(), lines.size() - 1);
	}

	private synchronized void write(String line) {
		try {
			ByteBuffer bytes = ByteBuffer.wrap((line + '\n').getBytes(StandardCharsets.UTF_8));
			while (bytes.hasRemaining()) {
				this.file.write(bytes);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("An act could not be written down", ex);
		}
	}

}
