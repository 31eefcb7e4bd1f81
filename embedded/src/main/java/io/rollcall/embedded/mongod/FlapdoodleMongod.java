package io.rollcall.embedded.mongod;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import de.flapdoodle.embed.mongo.distribution.Version;
import de.flapdoodle.embed.mongo.transitions.Mongod;
import de.flapdoodle.embed.process.archives.ExtractedFileSet;
import de.flapdoodle.embed.process.config.DownloadConfig;
import de.flapdoodle.embed.process.config.TimeoutConfig;
import de.flapdoodle.embed.process.io.directories.PersistentDir;
import de.flapdoodle.embed.process.transitions.DownloadPackage;
import de.flapdoodle.reverse.StateID;
import de.flapdoodle.reverse.TransitionWalker.ReachedState;
import de.flapdoodle.reverse.transitions.Start;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * MongoDB's own download site by way of flapdoodle, which knows the package for each
 * platform.
 */
record FlapdoodleMongod(MongodCache cache, URI site) implements MongodSource {

	private static final Logger logger = LoggerFactory.getLogger(FlapdoodleMongod.class);

	private static final Version.Main VERSION = Version.Main.V8_0;

	private static final Duration CONNECT = Duration.ofSeconds(3);

	private static final Duration READ = Duration.ofSeconds(20);

	FlapdoodleMongod(MongodCache cache) {
		this(cache, URI.create("https://fastdl.mongodb.org"));
	}

	@Override
	public String name() {
		return "flapdoodle's download from " + this.site.getHost();
	}

	@Override
	public Offer offer() {
		try {
			reach();
			logger.info("Downloading mongod {} from {} (once; it is kept in {})", VERSION.asInDownloadPath(), this.site,
					this.cache.root());
			return new Offer.Binary(download());
		}
		catch (Exception ex) {
			return new Offer.Nothing("failed: " + rootOf(ex));
		}
	}

	/**
	 * Without internet this ends at once or after {@link #CONNECT}, so that the next way
	 * is soon tried.
	 */
	private void reach() throws Exception {
		Proxy proxy = ProxySelector.getDefault().select(this.site).stream().findFirst().orElse(Proxy.NO_PROXY);
		if (proxy.type() != Proxy.Type.DIRECT) {
			return;
		}
		CompletableFuture.runAsync(this::connect, Thread::startVirtualThread)
			.get(CONNECT.toMillis(), TimeUnit.MILLISECONDS);
	}

	/** Finding the address has no timeout of its own. */
	private void connect() {
		int port = (this.site.getPort() != -1) ? this.site.getPort() : 443;
		try (Socket socket = new Socket()) {
			socket.connect(resolved(port), (int) CONNECT.toMillis());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private InetSocketAddress resolved(int port) throws UnknownHostException {
		InetSocketAddress address = new InetSocketAddress(this.site.getHost(), port);
		if (address.isUnresolved()) {
			throw new UnknownHostException(this.site.getHost());
		}
		return address;
	}

	private Path download() {
		Path store = this.cache.root().resolve("flapdoodle");
		DownloadConfig settings = DownloadConfig.builder()
			.timeoutConfig(TimeoutConfig.builder()
				.connectionTimeout((int) CONNECT.toMillis())
				.readTimeout((int) READ.toMillis())
				.build())
			.build();
		Mongod mongod = Mongod.builder()
			.persistentBaseDir(Start.to(PersistentDir.class).initializedWith(PersistentDir.of(store)))
			.downloadPackage(DownloadPackage.withDefaults().withDownloadConfig(settings))
			.build();
		try (ReachedState<ExtractedFileSet> files = mongod.transitions(VERSION)
			.walker()
			.initState(StateID.of(ExtractedFileSet.class))) {
			return this.cache.keep(VERSION.asInDownloadPath(), files.current().executable());
		}
	}

	private static Throwable rootOf(Throwable ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

}
