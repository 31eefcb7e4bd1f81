package io.rollcall.simulator.journal;

import java.nio.file.Path;
import java.util.List;

import io.rollcall.simulator.notifications.Subscription;
import io.rollcall.simulator.notifications.Subscriptions;
import tools.jackson.core.type.TypeReference;

/** All subscriptions in one file: they are few. */
public final class SubscriptionFile {

	private SubscriptionFile() {
	}

	/**
	 * Takes up the subscriptions that are written in the folder, and writes what becomes
	 * of them from now on.
	 */
	public static void resume(Subscriptions subscriptions, Path folder) {
		JsonFile file = new JsonFile(folder.resolve("subscriptions.json"));
		file.read(new TypeReference<List<Subscription>>() {
		}, List.of()).forEach(subscriptions::add);
		subscriptions.onChange(file::write);
	}

}
