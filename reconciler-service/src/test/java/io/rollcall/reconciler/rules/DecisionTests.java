package io.rollcall.reconciler.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.reconciler.rules.mapping.Mapping;
import io.rollcall.reconciler.rules.scope.Scope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What rules say about a directory user, by what was read of it. */
class DecisionTests {

	private static final ObjectKey ADA = new ObjectKey(new ConnectionId("c"), new ObjectId("ada"));

	private static final Map<String, Object> MEMBER = Map.of("mail", "a@x.org", "displayName", "Ada", "accountEnabled",
			true, "userType", "Member");

	static Stream<Arguments> table() {
		return Stream.of(arguments(Map.of(), "include a@x.org Ada"),
				arguments(Map.of("mail", "", "userPrincipalName", "u@x.org"), "include u@x.org Ada"),
				arguments(Map.of("mail", "m@x.org", "userPrincipalName", "u@x.org"), "include m@x.org Ada"),
				arguments(Map.of("displayName", "", "givenName", "Ada", "surname", "Byron"),
						"include a@x.org Ada Byron"),
				arguments(Map.of("displayName", "", "surname", "Byron"), "include a@x.org Byron"),
				arguments(Map.of("displayName", "  "), "include a@x.org null, held NAME_MISSING"),
				arguments(Map.of("mail", ""), "include null Ada, held EMAIL_MISSING"),
				arguments(Map.of("mail", "nonsense"), "include null Ada, held EMAIL_INVALID"),
				arguments(Map.of("accountEnabled", false), "leave DISABLED"),
				arguments(Map.of("userType", "Guest"), "leave OUT_OF_SCOPE"),
				arguments(Map.of("mail", "nonsense", "accountEnabled", false), "leave DISABLED"));
	}

	@ParameterizedTest
	@MethodSource("table")
	void decidesByAttributes(Map<String, Object> attributes, String expected) {
		Map<String, Object> all = new LinkedHashMap<>(MEMBER);
		List.of("givenName", "surname").forEach((name) -> all.put(name, null));
		all.putAll(attributes);
		assertThat(words(decide(Rules.standard(), facts(all, null, false)))).isEqualTo(expected);
	}

	@ParameterizedTest
	@EnumSource(Departure.class)
	void whoIsGoneLeavesWithThatReasonWhateverElseIsSo(Departure departure) {
		Map<String, Object> disabled = new LinkedHashMap<>(MEMBER);
		disabled.put("accountEnabled", false);
		assertThat(words(decide(Rules.standard(), facts(disabled, departure, true))))
			.isEqualTo("leave " + departure.name());
	}

	@Test
	void whoIsIgnoredLeavesBeforeAnyRuleOfScope() {
		Map<String, Object> guest = new LinkedHashMap<>(MEMBER);
		guest.put("userType", "Guest");
		assertThat(words(decide(Rules.standard(), facts(guest, null, true)))).isEqualTo("leave IGNORED");
	}

	@Test
	void scopeLetsInWhomTheRulesWant() {
		Rules all = Rules.standard().with(Scope.everyone(true, true)).with(Mapping.of(Map.of()));
		Map<String, Object> guest = new LinkedHashMap<>(MEMBER);
		guest.put("userType", "Guest");
		guest.put("accountEnabled", false);
		assertThat(words(decide(all, facts(guest, null, false)))).isEqualTo("include a@x.org Ada");
	}

	@Test
	void aRuleOverWhatWasNeverReadLeavesTheDecisionAsItIs() {
		for (String attribute : List.of("userType", "accountEnabled")) {
			Map<String, Object> without = new LinkedHashMap<>(MEMBER);
			without.remove(attribute);
			assertThat(words(decide(Rules.standard(), facts(without, null, false)))).isEqualTo("nothing");
			assertThat(words(decide(Rules.standard(), facts(without, Departure.DELETED, false))))
				.isEqualTo("leave DELETED");
		}
	}

	@Test
	void aNameThatWasNeverReadHoldsNobodyWhoHasOne() {
		Map<String, Object> without = new LinkedHashMap<>(MEMBER);
		without.remove("displayName");
		assertThat(words(decide(Rules.standard(), facts(without, null, false)))).isEqualTo("include a@x.org null");
	}

	@Test
	void aGroupOrWhoIsKnownOnlyByEdgesHasNoAccount() {
		Facts stub = Facts.unknown(new OrganizationId("o"), ADA, ObjectKind.USER);
		assertThat(decide(Rules.standard(), stub)).isEqualTo(new Decision.Nothing());
		Facts group = new Facts(stub.organization(), ADA, ObjectKind.GROUP, facts(MEMBER, null, false).whole(),
				List.of(), Stamp.NONE, List.of(), Stamp.NONE, Said.NOTHING, 1);
		assertThat(decide(Rules.standard(), group)).isEqualTo(new Decision.Nothing());
	}

	private static Facts facts(Map<String, Object> attributes, @Nullable Departure departure, boolean ignored) {
		return new Facts(new OrganizationId("o"), ADA, ObjectKind.USER,
				new Facts.Whole(new Stamp(new Sequence(1), 0), new Attributes(attributes), departure), List.of(),
				Stamp.NONE, List.of(), Stamp.NONE, new Said(ignored, null, null), 1);
	}

	private static Decision decide(Rules rules, Facts facts) {
		return Decision.of(rules, facts, Containers.UNREAD);
	}

	private static String words(Decision decision) {
		return switch (decision) {
			case Decision.Include include -> "include " + include.emailKey() + " "
					+ include.fields().get(Account.DISPLAY_NAME) + held(include.held());
			case Decision.Leave leave -> "leave " + leave.reason().code();
			case Decision.Nothing _ -> "nothing";
		};
	}

	private static String held(@Nullable Reason held) {
		return (held != null) ? ", held " + held.code() : "";
	}

}
