package io.rollcall.connector.flow.consent;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Microsoft's pages, for the installation's own application. */
public interface ConsentPages {

	/** The application's client id; null where the installation has none. */
	@Nullable String clientId();

	/** Where Microsoft leads back to; null where it cannot reach us. */
	@Nullable String publicUrl();

	String consent(String tenant, String state);

	String signIn(String tenant, String state, String nonce);

	/** Asks Entra who signed in; throws {@link NotTold} where it will not tell. */
	SignedIn signedIn(String tenant, String code);

	/**
	 * Who signed in, as Entra says.
	 *
	 * @param roles the ids of the directory roles they have
	 */
	record SignedIn(String application, String tenant, String person, String nonce, Set<String> roles) {
	}

	/** What Entra said instead. */
	final class NotTold extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final @Nullable String code;

		/**
		 * Not told.
		 * @param code null where Entra could not be reached
		 */
		public NotTold(@Nullable String code) {
			super("Entra does not say who signed in", null, false, false);
			this.code = code;
		}

		@Nullable String code() {
			return this.code;
		}

	}

	/**
	 * Texts that only we can have written; sealed for a purpose, they open for no other.
	 */
	interface Seals {

		String seal(String text, String purpose);

		/** The text; null if it is not ours. */
		@Nullable String open(String sealed, String purpose);

	}

}
