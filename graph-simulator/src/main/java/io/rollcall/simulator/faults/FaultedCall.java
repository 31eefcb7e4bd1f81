package io.rollcall.simulator.faults;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A call about to be answered.
 *
 * @param path after the version, with a leading slash
 * @param skipToken that of the next link that it follows
 * @param deltaToken that of the delta link that it follows
 * @param select the properties it selects
 */
public record FaultedCall(String tenant, String method, String path, @Nullable String skipToken,
		@Nullable String deltaToken, @Nullable String select) {

	/** The token of the link that it follows; null when it follows none. */
	@Nullable String token() {
		return (this.skipToken != null) ? this.skipToken : this.deltaToken;
	}

	boolean selects(String property) {
		return this.select != null
				&& Arrays.stream(this.select.split(",")).anyMatch((name) -> name.strip().equalsIgnoreCase(property));
	}

}
