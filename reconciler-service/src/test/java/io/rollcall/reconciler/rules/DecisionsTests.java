package io.rollcall.reconciler.rules;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.change.HeldReason;
import io.rollcall.model.change.LeaverReason;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ObjectKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What the standard rules say about a directory user, by its attributes. */
class DecisionsTests {

	private static final ObjectKey ADA = new ObjectKey(new ConnectionId("c"), new ObjectId("ada"));

	static Stream<Arguments> table() {
		return Stream.of(arguments(Map.of("mail", "a@x.org", "displayName", "Ada"), "include a@x.org Ada"),
				arguments(Map.of("userPrincipalName", "a@x.org", "displayName", "Ada"), "include a@x.org Ada"),
				arguments(Map.of("mail", "m@x.org", "userPrincipalName", "u@x.org", "displayName", "Ada"),
						"include m@x.org Ada"),
				arguments(Map.of("mail", "a@x.org", "givenName", "Ada", "surname", "Byron"),
						"include a@x.org Ada Byron"),
				arguments(Map.of("mail", "a@x.org", "surname", "Byron"), "include a@x.org Byron"),
				arguments(Map.of("mail", "a@x.org", "displayName", "Ada", "accountEnabled", true),
						"include a@x.org Ada"),
				arguments(Map.of("mail", "a@x.org", "displayName", "  "), "hold NAME_MISSING"),
				arguments(Map.of("displayName", "Ada"), "hold EMAIL_MISSING"),
				arguments(Map.of("mail", "nonsense", "displayName", "Ada"), "hold EMAIL_INVALID"),
				arguments(Map.of("mail", "a@x.org", "displayName", "Ada", "accountEnabled", false), "leave DISABLED"),
				arguments(Map.of("mail", "a@x.org", "displayName", "Ada", "userType", "Guest"), "leave OUT_OF_SCOPE"),
				arguments(Map.of("mail", "nonsense", "accountEnabled", false), "leave DISABLED"),
				arguments(Map.of(), "nothing"));
	}

	@ParameterizedTest
	@MethodSource("table")
	void decidesByAttributes(Map<String, Object> attributes, String expected) {
		assertThat(words(decide(Rules.standard(), attributes, null, false))).isEqualTo(expected);
	}

	@Test
	void whoIsGoneOrIgnoredLeavesWithItsReason() {
		Map<String, Object> ada = Map.of("mail", "a@x.org", "displayName", "Ada");
		assertThat(decide(Rules.standard(), ada, Departure.DELETED, false))
			.isEqualTo(new Decision.Leave(LeaverReason.DELETED));
		assertThat(decide(Rules.standard(), ada, Departure.PURGED, false))
			.isEqualTo(new Decision.Leave(LeaverReason.PURGED));
		assertThat(decide(Rules.standard(), ada, Departure.UNSEEN, true))
			.isEqualTo(new Decision.Leave(LeaverReason.UNSEEN));
		assertThat(decide(Rules.standard(), ada, null, true)).isEqualTo(new Decision.Leave(LeaverReason.IGNORED));
	}

	@Test
	void aGroupOrAnObjectKnownOnlyByItsEdgesHasNoAccount() {
		Facts stub = Facts.unknown(new OrganizationId("o"), ADA, ObjectKind.USER);
		assertThat(Decisions.decide(Rules.standard(), stub)).isEqualTo(new Decision.Nothing());
	}

	@Test
	void whatIsHeldStillTellsWhichAddressTheDirectoryGives() {
		Decision decision = decide(Rules.standard(), Map.of("mail", "A@x.org"), null, false);
		assertThat(decision).isInstanceOfSatisfying(Decision.Hold.class, (hold) -> {
			assertThat(hold.reason()).isEqualTo(HeldReason.NAME_MISSING);
			assertThat(hold.sourceKey()).isEqualTo("a@x.org");
		});
	}

	private static Decision decide(Rules rules, Map<String, Object> attributes, @Nullable Departure departure,
			boolean ignored) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>(attributes);
		Facts.Self self = new Facts.Self(new Stamp(new Sequence(1), 0), 1, new Attributes(values), departure);
		return Decisions.decide(rules, new Facts(new OrganizationId("o"), ADA, ObjectKind.USER, self, null, Map.of(),
				self.stamp(), ignored, List.of(), 1, 1));
	}

	private static String words(Decision decision) {
		return switch (decision) {
			case Decision.Include include ->
				"include " + include.emailKey() + " " + include.fields().get(Account.DISPLAY_NAME);
			case Decision.Hold hold -> "hold " + hold.reason();
			case Decision.Leave leave -> "leave " + leave.reason();
			case Decision.Nothing _ -> "nothing";
		};
	}

}
