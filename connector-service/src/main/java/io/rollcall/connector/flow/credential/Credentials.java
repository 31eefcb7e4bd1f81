package io.rollcall.connector.flow.credential;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.connection.Refused;
import io.rollcall.connector.flow.connection.Refused.Why;
import io.rollcall.model.ConnectionId;
import org.jspecify.annotations.Nullable;

/**
 * What connections may show to Entra besides a secret. A certificate is prepared beside
 * the credential that is in use, so that its public half can be registered at Entra and
 * tested before it takes over; its key never leaves.
 */
public final class Credentials {

	private static final int MOST_DAYS = 730;

	private final Connections connections;

	private final PreparedCertificates prepared;

	private final KeyPairs keys;

	private final Federations federations;

	private final InstantSource clock;

	public Credentials(Connections connections, PreparedCertificates prepared, KeyPairs keys, Federations federations,
			InstantSource clock) {
		this.connections = connections;
		this.prepared = prepared;
		this.keys = keys;
		this.federations = federations;
		this.clock = clock;
	}

	/**
	 * Makes one that is valid for so many days, in place of one that was prepared before.
	 */
	public Credential make(ConnectionId id, int days) {
		Connection connection = connection(id);
		if (days < 1 || days > MOST_DAYS) {
			throw new Refused(Why.INVALID,
					"A certificate is valid for 1 to %d days, not %d".formatted(MOST_DAYS, days));
		}
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.SECONDS);
		// A clock that is a little ahead must not make it one of the future.
		Credential made = this.keys.make("Rollcall " + id, now.minus(Duration.ofMinutes(10)),
				now.plus(Duration.ofDays(days)));
		this.prepared.save(connection.id(), made);
		return made;
	}

	/** Takes one that was made elsewhere, with its key. */
	public Credential upload(ConnectionId id, Uploaded uploaded) {
		Connection connection = connection(id);
		Credential taken;
		try {
			taken = this.keys.read(uploaded);
		}
		catch (IllegalArgumentException ex) {
			throw new Refused(Why.INVALID, String.valueOf(ex.getMessage()));
		}
		if (taken.endsAt() == null || taken.endsAt().isBefore(this.clock.instant())) {
			throw new Refused(Why.INVALID, "The certificate has ended: make a new one");
		}
		this.prepared.save(connection.id(), taken);
		return taken;
	}

	/** The prepared one, which is to be used from now on. */
	public Credential prepared(ConnectionId id) {
		Credential found = this.prepared.find(id);
		if (found == null) {
			throw new Refused(Why.NOT_NOW,
					"No certificate is prepared for connection '%s': make or upload one first".formatted(id));
		}
		return found;
	}

	/** The one to register at Entra: prepared, or already in use. */
	public Credential shown(ConnectionId id) {
		Credential found = this.prepared.find(id);
		Credential used = connection(id).credential();
		if (found != null) {
			return found;
		}
		if (used == null || used.kind() != Credential.Kind.CERTIFICATE) {
			throw new Refused(Why.NO_SUCH_CONNECTION, "Connection '%s' has no certificate".formatted(id));
		}
		return used;
	}

	/** The token of a configured issuer. */
	public Credential federated(String name) {
		if (!this.federations.has(name)) {
			throw new Refused(Why.INVALID,
					"No federation '%s' is configured here: see /api/federations".formatted(name));
		}
		return Credential.federation(name);
	}

	/** It is in use now. */
	public void used(ConnectionId id, Credential certificate) {
		this.prepared.forget(id, certificate);
	}

	private Connection connection(ConnectionId id) {
		Connection there = this.connections.find(id);
		if (there == null) {
			throw new Refused(Why.NO_SUCH_CONNECTION, "There is no connection '%s'".formatted(id));
		}
		return there;
	}

	/** What was made elsewhere: a PFX file with its password, or PEM with both halves. */
	public record Uploaded(byte @Nullable [] pfx, @Nullable String password, @Nullable String pem) {

		@Override
		public String toString() {
			return "(a certificate with its key)";
		}

	}

	/** The certificates that are not in use yet, their keys encrypted. */
	public interface PreparedCertificates {

		@Nullable Credential find(ConnectionId id);

		/** In place of the one before. */
		void save(ConnectionId id, Credential certificate);

		/** Unless another one has been prepared since. */
		void forget(ConnectionId id, Credential certificate);

	}

	/** Makes keys with certificates, and reads them. */
	public interface KeyPairs {

		Credential make(String name, Instant from, Instant until);

		/** Throws IllegalArgumentException with words for whoever uploaded it. */
		Credential read(Uploaded uploaded);

	}

}
