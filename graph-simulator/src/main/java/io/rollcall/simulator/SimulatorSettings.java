package io.rollcall.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be configured.
 *
 * @param tls whether to serve https, with a certificate made at start
 * @param caFile where the certificate authority's certificate is written, as PEM
 * @param tlsNames names in the certificate besides localhost and graph-simulator
 * @param allowHttpWebhooks whether notifications may go to plain http on other machines
 * @param handshakeLimit how long an endpoint may take to answer the handshake
 * @param deltaTokenLife how old a delta token may get
 * @param tenants tenants that are there from the start
 * @param apps apps that any tenant may give consent to
 * @param journal a folder in which what happens is kept, so that the tenants go on there
 * after a restart; nowhere if missing
 */
@ConfigurationProperties("rollcall.simulator")
record SimulatorSettings(@DefaultValue("false") boolean tls, @DefaultValue("graph-simulator-ca.pem") Path caFile,
		@DefaultValue List<String> tlsNames, @DefaultValue("false") boolean allowHttpWebhooks,
		@DefaultValue("10s") Duration handshakeLimit, @DefaultValue("30d") Duration deltaTokenLife,
		@DefaultValue List<Seeded> tenants, @DefaultValue List<SharedApp> apps, @Nullable Path journal) {

	/**
	 * A tenant to begin with.
	 *
	 * @param appId an app besides the default one
	 * @param secret its secret
	 * @param life a script that runs from the start
	 */
	record Seeded(@Nullable String id, @Nullable String domain, @Nullable String displayName,
			@DefaultValue("1000") int users, @DefaultValue("1") long seed, @Nullable String appId,
			@Nullable String secret, @DefaultValue("") String life) {
	}

	/**
	 * An app of a vendor.
	 *
	 * @param home the domain or id of the tenant it is registered in
	 * @param requested application permissions; those of a read-only sync if none
	 * @param redirectUris where consent may lead back to; anywhere if none
	 */
	record SharedApp(String appId, String secret, String home, @DefaultValue("Directory reader") String displayName,
			@DefaultValue List<String> requested, @DefaultValue List<String> redirectUris) {
	}

}
