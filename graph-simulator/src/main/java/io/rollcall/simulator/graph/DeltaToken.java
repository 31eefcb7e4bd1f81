package io.rollcall.simulator.graph;

import java.net.URLEncoder;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

import io.rollcall.simulator.tenant.Kind;
import io.rollcall.simulator.tenant.Tenant;
import org.jspecify.annotations.Nullable;

/**
 * A delta chain's state as an opaque token. It always holds a plus sign and ends in
 * equals signs, so that a client that encodes or decodes it once too often is found out.
 */
final class DeltaToken {

	private static final String PREFIX = "v1+";

	private static final String SUFFIX = "==";

	private static final Kind[] KINDS = Kind.values();

	private DeltaToken() {
	}

	/** The token as a link carries it. */
	static String encode(Tenant tenant, DeltaState state) {
		ByteBuffer bytes = ByteBuffer.allocate(64 + 4 * state.only().length);
		int flags = (state.manager() ? 1 : 0) | (state.members() ? 2 : 0) | (state.selected() ? 4 : 0)
				| (state.initial() ? 8 : 0) | (state.complete() ? 16 : 0) | (state.afterEmpty() ? 32 : 0);
		bytes.put((byte) state.kind().ordinal()).put((byte) flags).putLong(state.attributes()).putInt(state.from());
		bytes.putInt(state.position()).putInt(state.edges()).putInt(state.member()).putLong(state.issued());
		bytes.putInt(state.only().length);
		for (int index : state.only()) {
			bytes.putInt(index);
		}
		bytes.putInt(checksum(tenant, bytes.array(), bytes.position()));
		byte[] payload = new byte[bytes.position()];
		bytes.flip().get(payload);
		String text = PREFIX + Base64.getEncoder().withoutPadding().encodeToString(payload) + SUFFIX;
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%3D", "=");
	}

	/** The state, or null if this is no token of this tenant. */
	static @Nullable DeltaState decode(Tenant tenant, String token) {
		if (!token.startsWith(PREFIX) || !token.endsWith(SUFFIX)) {
			return null;
		}
		try {
			byte[] payload = Base64.getDecoder()
				.decode(token.substring(PREFIX.length(), token.length() - SUFFIX.length()));
			ByteBuffer bytes = ByteBuffer.wrap(payload);
			if (bytes.getInt(payload.length - 4) != checksum(tenant, payload, payload.length - 4)) {
				return null;
			}
			return read(bytes);
		}
		catch (IllegalArgumentException | BufferUnderflowException | IndexOutOfBoundsException ex) {
			return null;
		}
	}

	private static DeltaState read(ByteBuffer bytes) {
		Kind kind = KINDS[bytes.get()];
		int flags = bytes.get();
		long attributes = bytes.getLong();
		int from = bytes.getInt();
		int position = bytes.getInt();
		int edges = bytes.getInt();
		int member = bytes.getInt();
		long issued = bytes.getLong();
		int[] only = new int[bytes.getInt()];
		for (int i = 0; i < only.length; i++) {
			only[i] = bytes.getInt();
		}
		return new DeltaState(kind, attributes, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0, only,
				(flags & 8) != 0, (flags & 16) != 0, from, position, edges, member, (flags & 32) != 0, issued);
	}

	private static int checksum(Tenant tenant, byte[] payload, int length) {
		CRC32 crc = new CRC32();
		crc.update(tenant.id().getBytes(StandardCharsets.ISO_8859_1));
		crc.update(payload, 0, length);
		return (int) crc.getValue();
	}

}
