package io.rollcall.reconciler.rules;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.TeamId;

/**
 * The ids of accounts and teams made for a directory object: the same on every
 * redelivery, so that a repeated create meets itself.
 */
public final class DerivedIds {

	/** A copy of it costs less than a look for the algorithm. */
	private static final MessageDigest SHA_256 = sha256();

	private DerivedIds() {
	}

	/** The account a directory user gets when none matches. */
	public static AccountId account(OrganizationId organization, ObjectKey object) {
		return account(organization, object, 0);
	}

	/**
	 * The account a directory user gets when the one made for it before was taken over by
	 * another.
	 * @param generation how many were taken over
	 */
	public static AccountId account(OrganizationId organization, ObjectKey object, int generation) {
		return new AccountId(
				derive((generation == 0) ? "account" : "account" + generation, organization, object.toString()));
	}

	/**
	 * An account that is imported.
	 * @param externalId what the application calls it
	 */
	public static AccountId imported(OrganizationId organization, String externalId) {
		return new AccountId(derive("imported", organization, externalId));
	}

	/** The team of a container. */
	public static TeamId team(OrganizationId organization, ConnectionId connection, Container source) {
		return new TeamId(derive("team", organization, connection + ":" + source.code()));
	}

	private static String derive(String kind, OrganizationId organization, String object) {
		String name = kind + ":" + organization + ":" + object;
		try {
			MessageDigest digest = (MessageDigest) SHA_256.clone();
			ByteBuffer bits = ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
			return new UUID(bits.getLong(), bits.getLong()).toString();
		}
		catch (CloneNotSupportedException ex) {
			throw new IllegalStateException("the JDK's SHA-256 can be copied", ex);
		}
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java has SHA-256", ex);
		}
	}

}
