package io.rollcall.simulator;

import io.rollcall.simulator.tls.OwnAuthority;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Serves https with a certificate made at start. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("rollcall.simulator.tls")
class TlsConfiguration {

	private static final Logger log = LoggerFactory.getLogger(TlsConfiguration.class);

	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> ownCertificate(SimulatorSettings settings) {
		return (factory) -> {
			OwnAuthority authority = OwnAuthority.create(settings.tlsNames());
			authority.writeAuthority(settings.caFile());
			Ssl ssl = new Ssl();
			ssl.setKeyStore(authority.keyStore().toUri().toString());
			ssl.setKeyStoreType("PKCS12");
			ssl.setKeyStorePassword(OwnAuthority.PASSWORD);
			factory.setSsl(ssl);
			log.info("Serving https; clients must trust {}", settings.caFile().toAbsolutePath());
		};
	}

}
