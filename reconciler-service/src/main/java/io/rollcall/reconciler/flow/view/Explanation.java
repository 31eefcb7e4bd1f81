package io.rollcall.reconciler.flow.view;

import java.util.List;
import java.util.Map;

import io.rollcall.reconciler.rules.Decision;
import io.rollcall.reconciler.rules.Departure;
import io.rollcall.reconciler.rules.Facts;
import org.jspecify.annotations.Nullable;

/**
 * Why a directory object has the account it has, or none.
 *
 * @param ignored whether a person said never to sync it
 * @param rulesVersion the rules that say so
 * @param account null when it has none
 */
public record Explanation(String organization, String connection, String object, String kind, boolean ignored,
		Seen seen, Says decision, int rulesVersion, @Nullable AccountView account) {

	static Seen seen(Facts facts) {
		Facts.Self self = facts.self();
		Departure departure = (self != null) ? self.departure() : null;
		return new Seen((self != null) ? self.attributes().values() : Map.of(),
				(departure != null) ? departure.name() : null,
				facts.containers().stream().map((container) -> container.value()).toList());
	}

	static Says says(Decision decision) {
		return switch (decision) {
			case Decision.Include include -> new Says("INCLUDE", null, "has a place here", include.fields());
			case Decision.Leave leave -> new Says("LEAVE", leave.reason().name(),
					"an account it has is deactivated, when the guard agrees", Map.of());
			case Decision.Hold hold -> new Says("HOLD", hold.reason().name(), hold.detail(), Map.of());
			case Decision.Nothing _ ->
				new Says("NOTHING", null, "it is no user, or its attributes were never read", Map.of());
		};
	}

	/**
	 * What the directory said last.
	 *
	 * @param departure how it went away; null while it is there
	 * @param containers the groups and units it is a member of
	 */
	public record Seen(Map<String, @Nullable Object> attributes, @Nullable String departure, List<String> containers) {
	}

	/**
	 * What the rules say about it by itself; what other accounts have is not looked at.
	 *
	 * @param outcome {@code INCLUDE}, {@code LEAVE}, {@code HOLD} or {@code NOTHING}
	 * @param fields the account's fields, when it is to have one
	 */
	public record Says(String outcome, @Nullable String reason, String detail, Map<String, String> fields) {
	}

}
