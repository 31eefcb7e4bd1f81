package io.rollcall.simulator.identity;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import io.rollcall.simulator.json.JsonBytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Somebody else who signs tokens, such as a Kubernetes cluster: one of our own, with a
 * key that can be exchanged, or one of which only the public keys are known.
 */
public final class ExternalIssuer {

	private static final int KEY_BITS = 2048;

	private final String url;

	private volatile Map<String, PublicKey> keys;

	private volatile @Nullable KeyPair pair;

	private volatile String keyId = "";

	private volatile boolean available = true;

	private ExternalIssuer(String url, Map<String, PublicKey> keys) {
		this.url = url;
		this.keys = keys;
	}

	/** One that signs here. */
	public static ExternalIssuer signing(String url) {
		ExternalIssuer issuer = new ExternalIssuer(url, Map.of());
		issuer.rotate();
		return issuer;
	}

	/** One that signs elsewhere, with these keys. */
	public static ExternalIssuer known(String url, JsonNode keySet) {
		Map<String, PublicKey> keys = new HashMap<>();
		for (JsonNode key : keySet.path("keys")) {
			keys.put(key.path("kid").asString(""), publicKey(key));
		}
		return new ExternalIssuer(url, keys);
	}

	public String url() {
		return this.url;
	}

	public boolean available() {
		return this.available;
	}

	/** Whether Entra ID can reach it. */
	public void available(boolean reachable) {
		this.available = reachable;
	}

	/** Signs with another key from now on, and forgets the one before. */
	public void rotate() {
		try {
			KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
			generator.initialize(KEY_BITS);
			KeyPair next = generator.generateKeyPair();
			this.keyId = UUID.randomUUID().toString();
			this.pair = next;
			this.keys = Map.of(this.keyId, next.getPublic());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("RSA is missing from this JDK", ex);
		}
	}

	public String token(JsonBytes claims) {
		KeyPair signing = this.pair;
		if (signing == null) {
			throw new IllegalArgumentException("the private key of this issuer is not known here");
		}
		return Jwt.sign(signing.getPrivate(), this.keyId, claims);
	}

	boolean signed(Jwt token) {
		PublicKey key = this.keys.get(token.header().path("kid").asString(""));
		return key != null && token.hasAcceptedAlgorithm() && token.isSignedBy(key);
	}

	/** The public keys, as everybody may read them. */
	JsonBytes keySet() {
		JsonBytes json = new JsonBytes().object().name("keys").array();
		this.keys.forEach((id, key) -> {
			RSAPublicKey rsa = (RSAPublicKey) key;
			json.object()
				.field("kty", "RSA")
				.field("use", "sig")
				.field("alg", "RS256")
				.field("kid", id)
				.field("n", encode(rsa.getModulus()))
				.field("e", encode(rsa.getPublicExponent()))
				.endObject();
		});
		return json.endArray().endObject();
	}

	private static PublicKey publicKey(JsonNode key) {
		try {
			return KeyFactory.getInstance("RSA")
				.generatePublic(new RSAPublicKeySpec(number(key.path("n")), number(key.path("e"))));
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			throw new IllegalArgumentException("'jwks' must hold RSA keys with 'kid', 'n' and 'e'", ex);
		}
	}

	private static BigInteger number(JsonNode text) {
		return new BigInteger(1, Base64.getUrlDecoder().decode(text.asString("")));
	}

	private static String encode(BigInteger number) {
		byte[] bytes = number.toByteArray();
		int sign = (bytes[0] == 0) ? 1 : 0;
		return Jwt.encode(java.util.Arrays.copyOfRange(bytes, sign, bytes.length));
	}

}
