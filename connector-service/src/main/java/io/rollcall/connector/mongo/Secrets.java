package io.rollcall.connector.mongo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import io.rollcall.connector.flow.Secret;
import org.bson.types.Binary;

import org.springframework.beans.factory.annotation.Value;

/**
 * Encrypts secrets at rest with keys from outside the database: the first one writes, all
 * of them read. Each secret is bound to its document and field: a ciphertext that is
 * copied elsewhere cannot be read there.
 */
final class Secrets {

	private static final int KEY_BYTES = 32;

	private final Aead aead;

	/**
	 * Takes keys of 32 bytes each, base64.
	 * @param key {@code ROLLCALL_ENCRYPTION_KEY}
	 * @param oldKeys what it was before
	 */
	Secrets(@Value("${rollcall.encryption-key:}") String key,
			@Value("${rollcall.encryption-old-keys:}") List<String> oldKeys) {
		try {
			AeadConfig.register();
			KeysetHandle.Builder keyset = KeysetHandle.newBuilder().addEntry(entry(key).makePrimary());
			for (String old : oldKeys) {
				keyset.addEntry(entry(old));
			}
			this.aead = keyset.build().getPrimitive(RegistryConfiguration.get(), Aead.class);
		}
		catch (IllegalArgumentException | GeneralSecurityException ex) {
			throw new IllegalStateException(
					"ROLLCALL_ENCRYPTION_KEY must be 32 random bytes in base64, as 'openssl rand -base64 32' gives "
							+ "them, and so must each of ROLLCALL_ENCRYPTION_OLD_KEYS: " + ex.getMessage());
		}
	}

	Binary close(Secret secret, String document, String field) {
		try {
			return new Binary(
					this.aead.encrypt(secret.value().getBytes(StandardCharsets.UTF_8), bound(document, field)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("A secret of %s cannot be encrypted".formatted(document), ex);
		}
	}

	Secret open(Binary closed, String document, String field) {
		try {
			return new Secret(
					new String(this.aead.decrypt(closed.getData(), bound(document, field)), StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(("A secret of %s cannot be decrypted: is the key that it was stored with "
					+ "neither ROLLCALL_ENCRYPTION_KEY nor one of ROLLCALL_ENCRYPTION_OLD_KEYS?")
				.formatted(document), ex);
		}
	}

	/**
	 * A key's id in the keyset, and so in what it encrypts, comes from the key itself.
	 */
	private static KeysetHandle.Builder.Entry entry(String key) throws GeneralSecurityException {
		byte[] bytes = Base64.getDecoder().decode(key.strip());
		if (bytes.length != KEY_BYTES) {
			throw new IllegalArgumentException("one has " + bytes.length + " bytes");
		}
		int id = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes)).getInt();
		AesGcmKey aes = AesGcmKey.builder()
			.setParameters(AesGcmParameters.builder()
				.setKeySizeBytes(KEY_BYTES)
				.setIvSizeBytes(12)
				.setTagSizeBytes(16)
				.setVariant(AesGcmParameters.Variant.TINK)
				.build())
			.setKeyBytes(SecretBytes.copyFrom(bytes, InsecureSecretKeyAccess.get()))
			.setIdRequirement(id)
			.build();
		return KeysetHandle.importKey(aes);
	}

	private static byte[] bound(String document, String field) {
		return (document + "#" + field).getBytes(StandardCharsets.UTF_8);
	}

}
