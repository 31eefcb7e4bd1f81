package io.rollcall.simulator.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

import io.rollcall.simulator.notifications.Subscription;
import io.rollcall.simulator.notifications.Subscriptions;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** All subscriptions in one file, written anew at each change: they are few. */
public final class SubscriptionFile {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final Path file;

	private SubscriptionFile(Path file) {
		this.file = file;
	}

	/**
	 * Takes up the subscriptions that are written in the folder, and writes what becomes
	 * of them from now on.
	 */
	public static void resume(Subscriptions subscriptions, Path folder) {
		SubscriptionFile file = new SubscriptionFile(folder.resolve("subscriptions.json"));
		file.read().forEach(subscriptions::add);
		subscriptions.onChange(file::write);
	}

	private List<Subscription> read() {
		return Files.exists(this.file) ? JSON.readValue(this.file.toFile(), new TypeReference<List<Subscription>>() {
		}) : List.of();
	}

	private synchronized void write(List<Subscription> all) {
		try {
			Files.createDirectories(this.file.getParent());
			Path beside = this.file.resolveSibling("subscriptions.json.part");
			JSON.writeValue(beside.toFile(), all);
			Files.move(beside, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The subscriptions could not be written to " + this.file, ex);
		}
	}

}
