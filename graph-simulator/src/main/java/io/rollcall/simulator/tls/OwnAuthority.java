package io.rollcall.simulator.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Makes a certificate authority and a server certificate signed by it, with the JDK's
 * keytool.
 */
public final class OwnAuthority {

	/**
	 * Protects nothing: the key store lives in a temporary folder and dies with the
	 * process.
	 */
	public static final String PASSWORD = "simulator";

	private static final String AUTHORITY = "authority";

	private final Path keyStore;

	private OwnAuthority(Path keyStore) {
		this.keyStore = keyStore;
	}

	/**
	 * Makes both.
	 * @param names host names and addresses besides localhost and graph-simulator
	 */
	public static OwnAuthority create(List<String> names) {
		try {
			Path folder = Files.createTempDirectory("graph-simulator-tls");
			folder.toFile().deleteOnExit();
			Path store = folder.resolve("server.p12");
			keytool(store, AUTHORITY, "CN=Rollcall Graph Simulator CA",
					List.of("-ext", "bc:c=ca:true", "-ext", "ku:c=keyCertSign"));
			keytool(store, "server", "CN=graph-simulator",
					List.of("-signer", AUTHORITY, "-ext", "eku=serverAuth", "-ext", "san=" + alternatives(names)));
			onlyServer(store);
			store.toFile().deleteOnExit();
			return new OwnAuthority(store);
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException("no certificate could be made", ex);
		}
	}

	/** The key store with the server's key, as PKCS #12. */
	public Path keyStore() {
		return this.keyStore;
	}

	/**
	 * Writes the authority's certificate for clients to trust; a reader never sees half
	 * of it.
	 */
	public void writeAuthority(Path file) {
		try {
			Certificate[] chain = load(this.keyStore).getCertificateChain("server");
			String pem = "-----BEGIN CERTIFICATE-----\n"
					+ Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
						.encodeToString(chain[chain.length - 1].getEncoded())
					+ "\n-----END CERTIFICATE-----\n";
			Path target = file.toAbsolutePath();
			Files.createDirectories(target.getParent());
			Path draft = Files.writeString(target.resolveSibling(target.getFileName() + ".new"), pem);
			Files.move(draft, target, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(
					"the certificate cannot be written to '%s'; set rollcall.simulator.ca-file to a place that can be written"
						.formatted(file),
					ex);
		}
	}

	private static String alternatives(List<String> names) {
		Set<String> all = new LinkedHashSet<>(
				List.of("dns:localhost", "dns:graph-simulator", "ip:127.0.0.1", "ip:0:0:0:0:0:0:0:1"));
		names.forEach((name) -> all.add((name.matches("[0-9.]+") ? "ip:" : "dns:") + name));
		return String.join(",", all);
	}

	private static void keytool(Path store, String alias, String name, List<String> options) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
						alias, "-dname", name, "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "825",
						"-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
		command.addAll(options);
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		try {
			if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IOException("keytool failed: " + output);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("interrupted while waiting for keytool", ex);
		}
	}

	/** The server must not choose the authority's own key to present. */
	private static void onlyServer(Path file) throws IOException, GeneralSecurityException {
		KeyStore store = load(file);
		store.deleteEntry(AUTHORITY);
		try (var out = Files.newOutputStream(file)) {
			store.store(out, PASSWORD.toCharArray());
		}
	}

	private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD.toCharArray());
		}
		return store;
	}

}
