package io.rollcall.simulator.faults;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * Several faults at once, that a seed chooses. All of them pass: a client that behaves
 * well ends with everything.
 */
public final class FaultMixture {

	private static final List<FaultKind> PASSING = List.of(FaultKind.THROTTLED, FaultKind.INTERNAL_ERROR,
			FaultKind.BAD_GATEWAY, FaultKind.UNAVAILABLE, FaultKind.GATEWAY_TIMEOUT, FaultKind.UNAUTHORIZED,
			FaultKind.GONE, FaultKind.GONE_WITHOUT_BODY, FaultKind.TOKEN_TOO_OLD, FaultKind.EXPIRED_PAGE_TOKEN,
			FaultKind.BADLY_FORMED_TOKEN, FaultKind.UNKNOWN_LINK, FaultKind.SLOW, FaultKind.RESET, FaultKind.TRUNCATED,
			FaultKind.BROKEN_JSON, FaultKind.DUPLICATE_OBJECT, FaultKind.REPLAY, FaultKind.EMPTY_PAGE,
			FaultKind.ONLY_ID, FaultKind.NAMELESS);

	private static final List<String> RETRY_AFTER = List.of("0", "0.5", "1", "date:1", "1, 2", "none");

	private static final int MOST_TIMES = 4;

	private FaultMixture() {
	}

	/** Every second way in which Graph may be, on average. */
	public static Set<Variant> variants(long seed) {
		Random random = new Random(~seed);
		Set<Variant> chosen = EnumSet.allOf(Variant.class);
		chosen.removeIf((variant) -> random.nextBoolean());
		return chosen;
	}

	/** Three to seven faults; the same ones for the same seed. */
	public static List<FaultRule> of(String tenant, long seed) {
		Random random = new Random(seed);
		List<FaultKind> kinds = new ArrayList<>(PASSING);
		Collections.shuffle(kinds, random);
		List<FaultRule> rules = new ArrayList<>();
		for (FaultKind kind : kinds.subList(0, 3 + random.nextInt(5))) {
			boolean needsToken = kind.deadLink() || kind.status() == 410 || kind == FaultKind.TOKEN_TOO_OLD;
			FaultRule.Calls calls = new FaultRule.Calls("/", null,
					needsToken ? FaultRule.On.ANY_TOKEN : FaultRule.On.ANY, null);
			FaultRule.Chance chance = new FaultRule.Chance(1 + random.nextInt(MOST_TIMES),
					0.05 + random.nextInt(40) / 100.0, random.nextInt(5), random.nextLong());
			FaultRule.Answer answer = new FaultRule.Answer(null, null, null, null,
					RETRY_AFTER.get(random.nextInt(RETRY_AFTER.size())), 100 + random.nextInt(400));
			rules.add(new FaultRule(UUID.randomUUID().toString(), tenant, kind, calls, chance, answer));
		}
		return rules;
	}

}
