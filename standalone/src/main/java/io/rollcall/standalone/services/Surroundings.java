package io.rollcall.standalone.services;

import java.net.URI;

/**
 * What the services are told of the world around them, as by environment in a real
 * installation.
 *
 * @param mailPage where a person sees the mail that was caught
 */
public record Surroundings(String kafkaBrokers, String mongodbUri, String smtpUrl, URI graph, String encryptionKey,
		URI mailPage) {
}
