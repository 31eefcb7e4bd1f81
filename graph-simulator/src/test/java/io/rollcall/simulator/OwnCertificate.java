package io.rollcall.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Base64;

/** A client's certificate with its key, made by the JDK's keytool. */
record OwnCertificate(PrivateKey key, X509Certificate certificate) {

	private static final String PASSWORD = "password";

	/**
	 * A self-signed one.
	 * @param validity keytool's options for it
	 */
	static OwnCertificate create(String... validity) {
		try {
			Path store = Files.createTempDirectory("client-certificate").resolve("client.p12");
			java.util.List<String> command = new java.util.ArrayList<>(
					java.util.List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
							"-genkeypair", "-alias", "client", "-dname", "CN=directory-reader", "-keyalg", "RSA",
							"-keysize", "2048", "-keystore", store.toString(), "-storepass", PASSWORD));
			command.addAll(java.util.List.of(validity));
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new IllegalStateException(output);
			}
			KeyStore keys = KeyStore.getInstance("PKCS12");
			try (InputStream in = Files.newInputStream(store)) {
				keys.load(in, PASSWORD.toCharArray());
			}
			Files.delete(store);
			return new OwnCertificate((PrivateKey) keys.getKey("client", PASSWORD.toCharArray()),
					(X509Certificate) keys.getCertificate("client"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (GeneralSecurityException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** As a JSON string holds it. */
	String pem() {
		return "-----BEGIN CERTIFICATE-----\\n"
				+ Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(encoded()).replace("\n", "\\n")
				+ "\\n-----END CERTIFICATE-----\\n";
	}

	String thumbprint() {
		try {
			return encode(MessageDigest.getInstance("SHA-256").digest(encoded()));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** A signed token. */
	String sign(String header, String claims, String algorithm) {
		String signed = encode(header.getBytes(StandardCharsets.UTF_8)) + '.'
				+ encode(claims.getBytes(StandardCharsets.UTF_8));
		try {
			boolean pss = algorithm.startsWith("PS");
			Signature signature = Signature.getInstance(pss ? "RSASSA-PSS" : "SHA256withRSA");
			if (pss) {
				signature.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
			}
			signature.initSign(this.key);
			signature.update(signed.getBytes(StandardCharsets.US_ASCII));
			return signed + '.' + encode(signature.sign());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private byte[] encoded() {
		try {
			return this.certificate.getEncoded();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String encode(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
