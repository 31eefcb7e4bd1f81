package io.rollcall.connector.graph;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.credential.Credentials.KeyPairs;
import io.rollcall.connector.flow.credential.Credentials.Uploaded;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/** RSA keys with certificates, as Entra takes them. */
final class Certifying implements KeyPairs {

	private static final int LEAST_BITS = 2048;

	private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z ]+)-----([^-]+)-----END \\1-----");

	@Override
	public Credential make(String name, Instant from, Instant until) {
		HeldCertificate made = new HeldCertificate.Builder().rsa2048()
			.commonName(name)
			.validityInterval(from.toEpochMilli(), until.toEpochMilli())
			.build();
		return Credential.certificate(made.certificatePem(), new Secret(made.privateKeyPkcs8Pem()),
				made.certificate().getNotAfter().toInstant());
	}

	@Override
	public Credential read(Uploaded uploaded) {
		try {
			if (uploaded.pfx() != null) {
				return ofPfx(uploaded.pfx(), uploaded.password());
			}
			if (uploaded.pem() != null) {
				return ofPem(uploaded.pem());
			}
			throw new IllegalArgumentException("Give a pfx with its password, or a pem with certificate and key");
		}
		catch (IOException | GeneralSecurityException ex) {
			// Its own words may quote what was uploaded.
			throw new IllegalArgumentException("The certificate or its key cannot be read: is the password right, and "
					+ "the file PKCS#12, or PEM with a certificate and an unencrypted PKCS#8 key?");
		}
	}

	private static Credential ofPfx(byte[] pfx, @Nullable String password)
			throws IOException, GeneralSecurityException {
		char[] secret = (password != null) ? password.toCharArray() : new char[0];
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(new ByteArrayInputStream(pfx), secret);
		for (String alias : Collections.list(store.aliases())) {
			if (store.getKey(alias, secret) instanceof PrivateKey key
					&& store.getCertificate(alias) instanceof X509Certificate certificate) {
				return credential(certificate, key);
			}
		}
		throw new IllegalArgumentException("The PFX file has no key with a certificate");
	}

	private static Credential ofPem(String text) throws GeneralSecurityException {
		X509Certificate certificate = null;
		PrivateKey key = null;
		for (Matcher block = PEM.matcher(text); block.find();) {
			switch (block.group(1)) {
				case "CERTIFICATE" -> certificate = (certificate != null) ? certificate : certificate(block.group());
				case "PRIVATE KEY" -> key = key(block.group());
				default -> throw new IllegalArgumentException(
						"The PEM has a block '%s'; convert the key by: openssl pkcs8 -topk8 -nocrypt -in key.pem"
							.formatted(block.group(1)));
			}
		}
		if (certificate == null || key == null) {
			throw new IllegalArgumentException("The PEM must have a CERTIFICATE and its PRIVATE KEY");
		}
		return credential(certificate, key);
	}

	private static Credential credential(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
		PublicKey published = certificate.getPublicKey();
		if (!(published instanceof RSAPublicKey rsa) || rsa.getModulus().bitLength() < LEAST_BITS) {
			throw new IllegalArgumentException("Entra takes RSA keys of %d bits or more".formatted(LEAST_BITS));
		}
		if (!belong(key, published)) {
			throw new IllegalArgumentException("The key does not belong to the certificate");
		}
		return Credential.certificate(pem("CERTIFICATE", certificate.getEncoded()),
				new Secret(pem("PRIVATE KEY", key.getEncoded())), certificate.getNotAfter().toInstant());
	}

	private static boolean belong(PrivateKey key, PublicKey published) throws GeneralSecurityException {
		byte[] text = { 1, 2, 3 };
		Signature signature = Signature.getInstance("SHA256withRSA");
		signature.initSign(key);
		signature.update(text);
		byte[] signed = signature.sign();
		signature.initVerify(published);
		signature.update(text);
		return signature.verify(signed);
	}

	static X509Certificate certificate(String pem) throws GeneralSecurityException {
		return (X509Certificate) CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
	}

	static PrivateKey key(String pem) throws GeneralSecurityException {
		Matcher block = PEM.matcher(pem);
		if (!block.find()) {
			throw new GeneralSecurityException("no PEM");
		}
		return KeyFactory.getInstance("RSA")
			.generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(2))));
	}

	private static String pem(String what, byte[] bytes) {
		return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(what,
				Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(bytes));
	}

}
