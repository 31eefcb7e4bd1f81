package io.rollcall.standalone;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.rollcall.embedded.Ports;
import org.jspecify.annotations.Nullable;

/**
 * What can be chosen, by environment.
 *
 * @param data where everything is kept ({@code ROLLCALL_DATA}, {@code .rollcall})
 * @param people how many people the simulated tenant begins with
 * ({@code ROLLCALL_PEOPLE}, 1000)
 * @param changesPerSecond how lively it is ({@code ROLLCALL_CHANGES_PER_SECOND}, 0.5; 0
 * for a quiet one)
 * @param mongodbUri a MongoDB to use instead of a private one
 * ({@code ROLLCALL_MONGODB_URI})
 * @param ports where everybody listens ({@code ROLLCALL_…_PORT})
 */
record StandaloneSettings(Path data, int people, double changesPerSecond, @Nullable String mongodbUri, PortPlan ports) {

	static StandaloneSettings from(Map<String, String> environment) {
		return new StandaloneSettings(Path.of(environment.getOrDefault("ROLLCALL_DATA", ".rollcall")),
				(int) number(environment, "ROLLCALL_PEOPLE", 1000, 1_000_000),
				number(environment, "ROLLCALL_CHANGES_PER_SECOND", 0.5, 1_000), environment.get("ROLLCALL_MONGODB_URI"),
				PortPlan.from(environment));
	}

	/**
	 * A small tenant on free ports, for a run that only shows the JVM what a start needs.
	 */
	static StandaloneSettings forTraining(Path data) {
		return new StandaloneSettings(data, 60, 0, null,
				new PortPlan(Ports.free(), Ports.free(), Ports.free(), Ports.free(), 0, 0, 0, 0, 0));
	}

	private static double number(Map<String, String> environment, String name, double otherwise, double most) {
		String text = environment.get(name);
		if (text == null || text.isBlank()) {
			return otherwise;
		}
		try {
			double number = Double.parseDouble(text);
			if (number >= 0 && number <= most) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// said below
		}
		throw new IllegalArgumentException("%s must be a number from 0 to %,.0f, is '%s'".formatted(name, most, text));
	}

	/** A port for each listener. */
	record PortPlan(int console, int connector, int reconciler, int notifier, int simulator, int kafka, int mongodb,
			int smtp, int mailPage) {

		static PortPlan from(Map<String, String> environment) {
			return new PortPlan(port(environment, "CONSOLE", 8080), port(environment, "CONNECTOR", 8081),
					port(environment, "RECONCILER", 8082), port(environment, "NOTIFIER", 8083),
					port(environment, "SIMULATOR", 8089), port(environment, "KAFKA", 9092),
					port(environment, "MONGODB", 27017), port(environment, "SMTP", 1025),
					port(environment, "MAIL", 8025));
		}

		/**
		 * Finds out before anything is started.
		 * @throws IllegalStateException naming every port that is taken, and how to
		 * choose another
		 */
		void requireFree() {
			Map<String, Integer> wanted = new LinkedHashMap<>();
			wanted.put("CONSOLE", this.console);
			wanted.put("CONNECTOR", this.connector);
			wanted.put("RECONCILER", this.reconciler);
			wanted.put("NOTIFIER", this.notifier);
			wanted.put("SIMULATOR", this.simulator);
			wanted.put("KAFKA", this.kafka);
			wanted.put("SMTP", this.smtp);
			wanted.put("MAIL", this.mailPage);
			wanted.values().removeIf(Ports::isFree);
			if (!wanted.isEmpty()) {
				StringBuilder message = new StringBuilder("Another program listens where Rollcall wants to:");
				wanted.forEach((name, port) -> message
					.append("%n  port %d; end that program, or choose another with ROLLCALL_%s_PORT".formatted(port,
							name)));
				throw new IllegalStateException(message.toString());
			}
		}

		private static int port(Map<String, String> environment, String name, int otherwise) {
			return (int) number(environment, "ROLLCALL_" + name + "_PORT", otherwise, 65_535);
		}

	}

}
