package io.rollcall.test;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where the shared services come from. */
enum Provisioning {

	CONTAINERS {
		@Override
		Provision provide(Supplier<Provision> containers, Supplier<Provision> embedded, Consumer<String> say) {
			Provision provision = containers.get();
			say.accept("containers (" + RealServices.PROPERTY + "=containers)");
			return provision;
		}
	},

	EMBEDDED {
		@Override
		Provision provide(Supplier<Provision> containers, Supplier<Provision> embedded, Consumer<String> say) {
			say.accept("embedded (" + RealServices.PROPERTY + "=embedded)");
			return embedded.get();
		}
	},

	AUTO {
		@Override
		Provision provide(Supplier<Provision> containers, Supplier<Provision> embedded, Consumer<String> say) {
			try {
				Provision provision = containers.get();
				say.accept("containers (a Docker engine answers)");
				return provision;
			}
			catch (RuntimeException | LinkageError ex) {
				say.accept("embedded (no containers: " + firstLine(ex) + ")");
				return embedded.get();
			}
		}
	};

	abstract Provision provide(Supplier<Provision> containers, Supplier<Provision> embedded, Consumer<String> say);

	Provision provide() {
		Provision provision = provide(ContainerProvision::start, EmbeddedProvision::start,
				(what) -> System.out.println("[rollcall] Kafka and MongoDB for tests: " + what));
		Runtime.getRuntime().addShutdownHook(new Thread(provision::close, "real-services"));
		return provision;
	}

	/**
	 * The way of that name.
	 * @throws IllegalArgumentException if there is none
	 */
	static Provisioning chosenBy(String name) {
		for (Provisioning provisioning : values()) {
			if (provisioning.name().equals(name.toUpperCase(Locale.ROOT))) {
				return provisioning;
			}
		}
		throw new IllegalArgumentException(
				"-D" + RealServices.PROPERTY + "=" + name + " is unknown; use containers, embedded or auto");
	}

	private static String firstLine(Throwable ex) {
		return String.valueOf(ex.getMessage()).lines().findFirst().orElse(ex.getClass().getSimpleName());
	}

}
