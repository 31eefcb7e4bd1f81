package io.rollcall.simulator.faults;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * When something goes wrong.
 *
 * @param id to take the rule away again
 * @param tenant the tenant's id
 * @param kind what happens
 * @param path only calls whose path, after the version, begins so; {@code /oauth2} is the
 * token endpoint
 * @param method only calls of this method; null for any
 * @param on which calls of a chain
 * @param select only calls that select this property; null for any
 * @param times how many times, or null for ever
 * @param rate with this chance, 0 to 1
 * @param after this many matching calls go well first
 * @param retryAfter the header's value; {@code date:30} is the HTTP date in 30 seconds;
 * null for none
 * @param delayMillis for {@link FaultKind#SLOW}
 * @param seed for the chance
 */
public record FaultRule(String id, String tenant, FaultKind kind, String path, @Nullable String method, On on,
		@Nullable String select, @Nullable Integer times, double rate, int after, @Nullable String retryAfter,
		long delayMillis, long seed) {

	/** A place in a delta chain, by the token that the call carries. */
	public enum On {

		ANY, FIRST_PAGE, NEXT_LINK, DELTA_LINK, ANY_TOKEN;

		boolean matches(boolean skipToken, boolean deltaToken) {
			return switch (this) {
				case ANY -> true;
				case FIRST_PAGE -> !skipToken && !deltaToken;
				case NEXT_LINK -> skipToken;
				case DELTA_LINK -> deltaToken;
				case ANY_TOKEN -> skipToken || deltaToken;
			};
		}

	}

	boolean matches(FaultedCall call) {
		return call.tenant().equals(this.tenant)
				&& call.path().toLowerCase(Locale.ROOT).startsWith(this.path.toLowerCase(Locale.ROOT))
				&& (this.method == null || this.method.equalsIgnoreCase(call.method()))
				&& (this.select == null || call.selects(this.select)) && (call.token() != null || !needsLink())
				&& this.on.matches(call.skipToken() != null, call.deltaToken() != null);
	}

	private boolean needsLink() {
		return this.kind.deadLink() || this.kind.quirk() == Quirk.SAME_LINK;
	}

}
