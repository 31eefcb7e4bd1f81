package io.rollcall.simulator.faults;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/** The rules that are in force. */
public final class Faults {

	private final List<Armed> rules = new CopyOnWriteArrayList<>();

	private final Map<String, Long> lags = new ConcurrentHashMap<>();

	private final Map<String, Set<Variant>> variants = new ConcurrentHashMap<>();

	public void add(FaultRule rule) {
		this.rules.add(new Armed(rule));
	}

	public List<FaultRule> of(String tenant) {
		return this.rules.stream().map((armed) -> armed.rule).filter((rule) -> rule.tenant().equals(tenant)).toList();
	}

	/** How often a rule has struck. */
	public int strikes(String id) {
		return this.rules.stream()
			.filter((armed) -> armed.rule.id().equals(id))
			.mapToInt((armed) -> armed.strikes)
			.sum();
	}

	public boolean remove(String tenant, String id) {
		return this.rules.removeIf((armed) -> armed.rule.tenant().equals(tenant) && armed.rule.id().equals(id));
	}

	public void clear(String tenant) {
		this.rules.removeIf((armed) -> armed.rule.tenant().equals(tenant));
		this.lags.remove(tenant);
		this.variants.remove(tenant);
	}

	/** How far behind the tenant's reads are, in milliseconds. */
	public long lag(String tenant) {
		return this.lags.getOrDefault(tenant, 0L);
	}

	public void lag(String tenant, long millis) {
		this.lags.put(tenant, millis);
	}

	public Set<Variant> variants(String tenant) {
		return this.variants.getOrDefault(tenant, Set.of());
	}

	public void variants(String tenant, Set<Variant> chosen) {
		this.variants.put(tenant, Set.copyOf(chosen));
	}

	/** The fault that this call runs into, if any; it is used up by asking. */
	public @Nullable FaultRule strike(FaultedCall call) {
		for (Armed armed : this.rules) {
			if (armed.rule.kind().quirk() == null && armed.rule.matches(call) && armed.strikes(call)) {
				return armed.rule;
			}
		}
		return null;
	}

	/** The odd things that this call's answer does; used up by asking. */
	public Set<Quirk> quirks(FaultedCall call) {
		Set<Quirk> quirks = EnumSet.noneOf(Quirk.class);
		for (Armed armed : this.rules) {
			Quirk quirk = armed.rule.kind().quirk();
			if (quirk != null && armed.rule.matches(call) && armed.strikes(call)) {
				quirks.add(quirk);
			}
		}
		return quirks;
	}

	/** A rule and how much of it is used up. */
	private static final class Armed {

		private final FaultRule rule;

		private final Random random;

		/** The links that it broke. */
		private final Set<String> dead = new HashSet<>();

		private int calls;

		private volatile int strikes;

		Armed(FaultRule rule) {
			this.rule = rule;
			this.random = new Random(rule.chance().seed());
		}

		synchronized boolean strikes(FaultedCall call) {
			String link = this.rule.kind().deadLink() ? call.path() + '?' + call.token() : null;
			if (link != null && this.dead.contains(link)) {
				return true;
			}
			FaultRule.Chance chance = this.rule.chance();
			Integer times = chance.times();
			if (this.calls++ < chance.after() || (times != null && this.strikes >= times)
					|| this.random.nextDouble() >= chance.rate()) {
				return false;
			}
			this.strikes++;
			if (link != null) {
				this.dead.add(link);
			}
			return true;
		}

	}

}
