package io.rollcall.simulator.faults;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * When something goes wrong, and how.
 *
 * @param id to take the rule away again
 * @param tenant the tenant's id
 */
public record FaultRule(String id, String tenant, FaultKind kind, Calls calls, Chance chance, Answer answer) {

	/**
	 * Which calls it is about.
	 *
	 * @param path only calls whose path, after the version, begins so; {@code /oauth2} is
	 * the token endpoint
	 * @param method only calls of this method; null for any
	 * @param on which calls of a chain
	 * @param select only calls that select this property; null for any
	 */
	public record Calls(String path, @Nullable String method, On on, @Nullable String select) {
	}

	/**
	 * How often it happens.
	 *
	 * @param times how many times, or null for ever
	 * @param rate with this chance, 0 to 1
	 * @param after this many matching calls go well first
	 * @param seed for the chance
	 */
	public record Chance(@Nullable Integer times, double rate, int after, long seed) {
	}

	/**
	 * What the caller gets.
	 *
	 * @param status for {@link FaultKind#ERROR}, where the code alone does not tell it
	 * @param code Graph's error code, or the number after AADSTS
	 * @param innerCode the nested code of {@link FaultKind#ERROR}
	 * @param message instead of the usual one
	 * @param retryAfter the header's value; {@code date:30} is the HTTP date in 30
	 * seconds; null for none
	 * @param delayMillis for {@link FaultKind#SLOW}
	 */
	public record Answer(@Nullable Integer status, @Nullable String code, @Nullable String innerCode,
			@Nullable String message, @Nullable String retryAfter, long delayMillis) {

		/** Nothing of it said. */
		public static final Answer USUAL = new Answer(null, null, null, null, null, 1000);

	}

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
		String method = this.calls.method();
		String select = this.calls.select();
		return call.tenant().equals(this.tenant)
				&& call.path().toLowerCase(Locale.ROOT).startsWith(this.calls.path().toLowerCase(Locale.ROOT))
				&& (method == null || method.equalsIgnoreCase(call.method()))
				&& (select == null || call.selects(select)) && (call.token() != null || !needsLink())
				&& this.calls.on().matches(call.skipToken() != null, call.deltaToken() != null);
	}

	private boolean needsLink() {
		return this.kind.deadLink() || this.kind.quirk() == Quirk.SAME_LINK;
	}

}
