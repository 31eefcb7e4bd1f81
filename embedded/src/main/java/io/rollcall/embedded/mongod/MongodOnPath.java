package io.rollcall.embedded.mongod;

import org.jspecify.annotations.Nullable;

/** A {@code mongod} that is installed. */
record MongodOnPath(@Nullable String searchPath) implements MongodSource {

	static MongodOnPath standard() {
		return new MongodOnPath(System.getenv("PATH"));
	}

	@Override
	public String name() {
		return "mongod on the path";
	}

	@Override
	public Offer offer() {
		return Executables.on(this.searchPath, Executables.MONGOD)
			.<Offer>map(Offer.Binary::new)
			.orElseGet(() -> new Offer.Nothing("there is none"));
	}

}
