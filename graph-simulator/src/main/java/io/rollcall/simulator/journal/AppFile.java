package io.rollcall.simulator.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.rollcall.simulator.identity.AppRegistration;
import io.rollcall.simulator.identity.AppRegistrations;
import tools.jackson.core.type.TypeReference;

/** All apps of all tenants in one file, with the consents that were given. */
public final class AppFile {

	private AppFile() {
	}

	/**
	 * Takes up the apps that are written in the folder, and writes what becomes of them
	 * from now on.
	 */
	public static void resume(AppRegistrations apps, Path folder) {
		JsonFile file = new JsonFile(folder.resolve("apps.json"));
		file.read(new TypeReference<Map<String, List<AppRegistration>>>() {
		}, Map.of()).forEach((tenant, listed) -> listed.forEach((app) -> apps.put(tenant, app)));
		apps.onChange(file::write);
	}

}
