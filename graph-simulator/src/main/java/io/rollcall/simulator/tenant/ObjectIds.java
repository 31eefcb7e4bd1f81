package io.rollcall.simulator.tenant;

import java.nio.charset.StandardCharsets;

import io.rollcall.simulator.json.JsonBytes;
import org.jspecify.annotations.Nullable;

/**
 * Object ids that look random and can be turned back into the object, so that no table of
 * a million ids is kept.
 * <p>
 * The last 48 bits of an id are a permutation, keyed by the seed, of kind and index; the
 * rest is a hash of them.
 */
public final class ObjectIds {

	private static final int LENGTH = 36;

	private static final long MASK = (1L << 48) - 1;

	private static final long FIRST = 0x5_deec_e66dL;

	private static final long SECOND = 0x9e37_79b9_7f4bL;

	private static final long FIRST_INVERSE = inverse(FIRST);

	private static final long SECOND_INVERSE = inverse(SECOND);

	private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.ISO_8859_1);

	private static final Kind[] KINDS = Kind.values();

	private final long seed;

	private final long key;

	ObjectIds(long seed) {
		this.seed = seed;
		this.key = Mix.mix(seed) & MASK;
	}

	public String id(Kind kind, int index) {
		byte[] text = new byte[LENGTH];
		write(text, 0, kind, index);
		return new String(text, StandardCharsets.ISO_8859_1);
	}

	public String id(ObjectRef ref) {
		return id(ref.kind(), ref.index());
	}

	/** Writes the id as a JSON string. */
	public void write(JsonBytes json, Kind kind, int index) {
		int at = json.reserve(LENGTH + 2);
		json.buffer()[at] = '"';
		write(json.buffer(), at + 1, kind, index);
		json.buffer()[at + 1 + LENGTH] = '"';
	}

	/** The object with this id, or null if no such id is ever given in this tenant. */
	public @Nullable ObjectRef find(String id) {
		if (id.length() != LENGTH) {
			return null;
		}
		long node;
		try {
			node = Long.parseLong(id, 24, LENGTH, 16);
		}
		catch (NumberFormatException ex) {
			return null;
		}
		long plain = unscramble(node);
		int kind = (int) (plain >>> 32) - 1;
		int index = (int) plain;
		if (kind < 0 || kind >= KINDS.length || index < 0) {
			return null;
		}
		return id(KINDS[kind], index).equalsIgnoreCase(id) ? new ObjectRef(KINDS[kind], index) : null;
	}

	private void write(byte[] target, int from, Kind kind, int index) {
		long plain = (kind.ordinal() + 1L) << 32 | index;
		long high = Mix.mix(this.seed ^ plain);
		long clock = 0x8000 | (high >>> 50 ^ high) & 0x3fff;
		high = high & ~0xf000L | 0x4000;
		int at = hex(target, from, high, 60, 32);
		target[at++] = '-';
		at = hex(target, at, high, 28, 16);
		target[at++] = '-';
		at = hex(target, at, high, 12, 0);
		target[at++] = '-';
		at = hex(target, at, clock, 12, 0);
		target[at++] = '-';
		hex(target, at, scramble(plain), 44, 0);
	}

	private static int hex(byte[] target, int from, long value, int highShift, int lowShift) {
		int at = from;
		for (int shift = highShift; shift >= lowShift; shift -= 4) {
			target[at++] = HEX[(int) (value >>> shift) & 15];
		}
		return at;
	}

	private long scramble(long plain) {
		long x = (plain ^ this.key) & MASK;
		x = x * FIRST & MASK;
		x ^= x >>> 24;
		x = x * SECOND & MASK;
		return x ^ x >>> 24;
	}

	private long unscramble(long node) {
		long x = node ^ node >>> 24;
		x = x * SECOND_INVERSE & MASK;
		x ^= x >>> 24;
		x = x * FIRST_INVERSE & MASK;
		return (x ^ this.key) & MASK;
	}

	/** Newton's iteration: each step doubles the number of right bits. */
	private static long inverse(long odd) {
		long x = odd;
		for (int i = 0; i < 6; i++) {
			x *= 2 - odd * x;
		}
		return x & MASK;
	}

}
