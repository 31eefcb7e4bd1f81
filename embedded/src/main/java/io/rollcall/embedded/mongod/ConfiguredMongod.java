package io.rollcall.embedded.mongod;

import java.nio.file.Files;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/** The binary that {@code MONGOD_BINARY} (system property or environment) names. */
record ConfiguredMongod(@Nullable String binary) implements MongodSource {

	static ConfiguredMongod standard() {
		return new ConfiguredMongod(System.getProperty("MONGOD_BINARY", System.getenv("MONGOD_BINARY")));
	}

	@Override
	public String name() {
		return "MONGOD_BINARY";
	}

	@Override
	public Offer offer() {
		if (this.binary == null || this.binary.isBlank()) {
			return new Offer.Nothing("is not set");
		}
		Path path = Path.of(this.binary);
		return Files.isRegularFile(path) ? new Offer.Binary(path)
				: new Offer.Nothing("names " + path + ", which is not a file; correct or unset it");
	}

	@Override
	public boolean isBinding() {
		return this.binary != null && !this.binary.isBlank();
	}

}
