package io.rollcall.simulator.notifications;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.rollcall.simulator.tenant.ObjectRef;
import org.jspecify.annotations.Nullable;

/** Every live subscription; what is past its expiration is forgotten. */
public final class Subscriptions {

	/** For one app in one tenant. */
	public static final int MOST = 100;

	private final Map<String, Subscription> byId = new ConcurrentHashMap<>();

	private final Map<String, Touched> touched = new ConcurrentHashMap<>();

	private final InstantSource clock;

	private volatile Consumer<List<Subscription>> onChange = (all) -> {
	};

	public Subscriptions(InstantSource clock) {
		this.clock = clock;
	}

	/** What became of the wish to subscribe. */
	public enum Outcome {

		STORED, DUPLICATE, TOO_MANY

	}

	/**
	 * When a subscription was last renewed and last reauthorized.
	 *
	 * @param tooSoon how often one came within ten minutes of the other, which Microsoft
	 * asks not to do
	 */
	private record Touched(Instant renewed, Instant reauthorized, int tooSoon) {

		private static final Touched NEVER = new Touched(Instant.MIN, Instant.MIN, 0);

		private static final Duration APART = Duration.ofMinutes(10);

		Touched by(boolean renewal, Instant now) {
			Instant other = renewal ? this.reauthorized : this.renewed;
			int times = this.tooSoon + (now.minus(APART).isBefore(other) ? 1 : 0);
			return renewal ? new Touched(now, this.reauthorized, times) : new Touched(this.renewed, now, times);
		}

	}

	/** Notes a renewal, or a reauthorization. */
	public void touch(String id, boolean renewal) {
		this.touched.merge(id, Touched.NEVER.by(renewal, this.clock.instant()),
				(before, first) -> before.by(renewal, this.clock.instant()));
	}

	/** How often a renewal and a reauthorization came within ten minutes. */
	public int tooSoon(String id) {
		return this.touched.getOrDefault(id, Touched.NEVER).tooSoon();
	}

	/** Gives all of them to somebody who keeps them, after each change. */
	public void onChange(Consumer<List<Subscription>> keeper) {
		this.onChange = keeper;
	}

	/** Whether this one could be stored now. */
	public Outcome check(Subscription wanted) {
		List<Subscription> others = of(wanted.tenant(), wanted.appId());
		if (others.stream().anyMatch(wanted::same)) {
			return Outcome.DUPLICATE;
		}
		return (others.size() >= MOST) ? Outcome.TOO_MANY : Outcome.STORED;
	}

	public synchronized Outcome add(Subscription wanted) {
		Outcome outcome = check(wanted);
		if (outcome == Outcome.STORED) {
			this.byId.put(wanted.id(), wanted);
			changed();
		}
		return outcome;
	}

	public void replace(Subscription changed) {
		this.byId.replace(changed.id(), changed);
		changed();
	}

	public @Nullable Subscription find(String id) {
		forgetExpired();
		return this.byId.get(id);
	}

	public boolean remove(String id) {
		boolean removed = this.byId.remove(id) != null;
		this.touched.remove(id);
		changed();
		return removed;
	}

	public void removeAll(String tenant) {
		this.byId.values().removeIf((subscription) -> subscription.tenant().equals(tenant));
		changed();
	}

	public List<Subscription> of(String tenant, String appId) {
		return of(tenant).stream().filter((subscription) -> subscription.appId().equals(appId)).toList();
	}

	public List<Subscription> of(String tenant) {
		forgetExpired();
		return this.byId.values()
			.stream()
			.filter((subscription) -> subscription.tenant().equals(tenant))
			.sorted(Comparator.comparing(Subscription::id))
			.toList();
	}

	List<Subscription> wanting(String tenant, ObjectRef object, String change) {
		return this.byId.values()
			.stream()
			.filter((subscription) -> subscription.tenant().equals(tenant)
					&& subscription.wants(object, change, this.clock.instant()))
			.toList();
	}

	private void changed() {
		this.onChange.accept(List.copyOf(this.byId.values()));
	}

	private void forgetExpired() {
		this.byId.values().removeIf((subscription) -> !this.clock.instant().isBefore(subscription.expiration()));
	}

}
