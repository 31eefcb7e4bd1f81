package io.rollcall.connector.mongo;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import io.rollcall.connector.flow.Secret;
import org.bson.types.Binary;

/**
 * Encrypts secrets at rest with a key from outside the database. Each is bound to its
 * document: a ciphertext that is copied into another one cannot be read there.
 */
final class SecretBox {

	private static final int KEY_BYTES = 32;

	private final Aead aead;

	/**
	 * Takes {@code ROLLCALL_ENCRYPTION_KEY}.
	 * @param key 32 bytes, base64
	 */
	SecretBox(String key) {
		try {
			byte[] bytes = Base64.getDecoder().decode(key.strip());
			if (bytes.length != KEY_BYTES) {
				throw new IllegalArgumentException("it has " + bytes.length + " bytes");
			}
			this.aead = new AesGcmJce(bytes);
		}
		catch (IllegalArgumentException | GeneralSecurityException ex) {
			throw new IllegalStateException(
					"ROLLCALL_ENCRYPTION_KEY must be 32 random bytes in base64, as 'openssl rand -base64 32' gives them: "
							+ ex.getMessage());
		}
	}

	Binary close(Secret secret, String document) {
		try {
			return new Binary(this.aead.encrypt(secret.value().getBytes(StandardCharsets.UTF_8), bound(document)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("A secret of %s cannot be encrypted".formatted(document), ex);
		}
	}

	Secret open(Binary box, String document) {
		try {
			return new Secret(new String(this.aead.decrypt(box.getData(), bound(document)), StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(("A secret of %s cannot be decrypted: is ROLLCALL_ENCRYPTION_KEY still the "
					+ "key that it was stored with?")
				.formatted(document), ex);
		}
	}

	private static byte[] bound(String document) {
		return document.getBytes(StandardCharsets.UTF_8);
	}

}
