package io.rollcall.simulator.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;

import io.rollcall.simulator.json.JsonBytes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A signed token, taken apart; RSA only. */
record Jwt(JsonNode header, JsonNode claims, String signed, byte[] signature) {

	private static final JsonMapper MAPPER = new JsonMapper();

	/** Null when it is no such token. */
	static @Nullable Jwt parse(String text) {
		String[] parts = text.strip().split("\\.", -1);
		if (parts.length != 3) {
			return null;
		}
		try {
			JsonNode header = MAPPER.readTree(decode(parts[0]));
			JsonNode claims = MAPPER.readTree(decode(parts[1]));
			return (header.isObject() && claims.isObject())
					? new Jwt(header, claims, parts[0] + '.' + parts[1], decode(parts[2])) : null;
		}
		catch (JacksonException | IllegalArgumentException ex) {
			return null;
		}
	}

	static String sign(PrivateKey key, String keyId, JsonBytes claims) {
		JsonBytes header = new JsonBytes().object()
			.field("typ", "JWT")
			.field("alg", "RS256")
			.field("kid", keyId)
			.endObject();
		String signed = encode(header.toBytes()) + '.' + encode(claims.toBytes());
		try {
			Signature signature = Signature.getInstance("SHA256withRSA");
			signature.initSign(key);
			signature.update(signed.getBytes(StandardCharsets.US_ASCII));
			return signed + '.' + encode(signature.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("a token cannot be signed", ex);
		}
	}

	static String encode(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	String algorithm() {
		return this.header.path("alg").asString("");
	}

	boolean hasAcceptedAlgorithm() {
		return algorithm().matches("[RP]S(256|384|512)");
	}

	boolean isSignedBy(PublicKey key) {
		try {
			Signature check = verifier(algorithm());
			check.initVerify(key);
			check.update(this.signed.getBytes(StandardCharsets.US_ASCII));
			return check.verify(this.signature);
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

	private static Signature verifier(String algorithm) throws GeneralSecurityException {
		String bits = algorithm.substring(2);
		if (algorithm.startsWith("RS")) {
			return Signature.getInstance("SHA" + bits + "withRSA");
		}
		Signature pss = Signature.getInstance("RSASSA-PSS");
		pss.setParameter(new PSSParameterSpec("SHA-" + bits, "MGF1", new MGF1ParameterSpec("SHA-" + bits),
				Integer.parseInt(bits) / 8, 1));
		return pss;
	}

	private static byte[] decode(String part) {
		return Base64.getUrlDecoder().decode(part);
	}

}
