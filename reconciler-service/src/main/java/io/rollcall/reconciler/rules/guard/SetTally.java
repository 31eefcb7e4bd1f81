package io.rollcall.reconciler.rules.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A staged set as it is counted item by item.
 *
 * @param items how many items it has
 * @param counted how many things of them count against the limit
 * @param hash stands for exactly these items in this order: SHA-256 over the hash of
 * those before and the item's text, so that a set too large to hold can be counted in
 * chunks
 */
public record SetTally(long items, long counted, String hash) {

	/** The set of nothing. */
	public static final SetTally NONE = new SetTally(0, 0, "");

	/** This set and one item more. */
	public SetTally plus(StagedItem item) {
		return new SetTally(this.items + 1, this.counted + item.counted(), sha256(this.hash + "\n" + item.text()));
	}

	private static String sha256(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java has SHA-256", ex);
		}
	}

}
