package io.rollcall.connector.mongo;

import java.util.Base64;

import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.consent.ConsentPages.Seals;
import org.bson.types.Binary;
import org.jspecify.annotations.Nullable;

/** Seals with the keys that encrypt secrets: nobody else can write what opens. */
final class SecretSeals implements Seals {

	private final Secrets secrets;

	SecretSeals(Secrets secrets) {
		this.secrets = secrets;
	}

	@Override
	public String seal(String text, String purpose) {
		return Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString(this.secrets.close(new Secret(text), "seal", purpose).getData());
	}

	@Override
	public @Nullable String open(String sealed, String purpose) {
		try {
			return this.secrets.open(new Binary(Base64.getUrlDecoder().decode(sealed)), "seal", purpose).value();
		}
		catch (IllegalArgumentException | IllegalStateException ex) {
			return null;
		}
	}

}
