package io.rollcall.connector.flow.subscription;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

import io.rollcall.connector.flow.Announcements;
import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.FailurePolicy;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.flow.subscription.Sources.Source;
import io.rollcall.connector.flow.subscription.Sources.Subscribed;
import io.rollcall.connector.flow.subscription.Subscriptions.Subscription;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.SourceId;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the subscriptions of a source: created, renewed, seen to be there. Failures are
 * tried again and never stop reading, which finds by polling what no notification tells.
 * Renewal authorizes again too, so reauthorize and renew are never both sent within ten
 * minutes.
 */
public final class SubscriptionLoop {

	private static final Logger log = LoggerFactory.getLogger(SubscriptionLoop.class);

	private static final int TELL_AFTER = 4;

	/** How long a subscription is asked for; Graph allows 29 days. */
	private static final Duration LIFETIME = Duration.ofDays(3);

	/** However short a subscription Graph gives, it is renewed no more often. */
	private static final Duration SHORTEST_RENEWAL = Duration.ofMinutes(1);

	private final SourceId id;

	private final Parts parts;

	private final Map<Resource, Failing> failing = new EnumMap<>(Resource.class);

	private int turn;

	/**
	 * All that these loops share.
	 *
	 * @param checkEvery how often it is seen whether it is still there
	 */
	public record Parts(Subscriptions subscriptions, Sources sources, SyncStates states, Announcements announcements,
			FailurePolicy policy, Duration checkEvery, Supplier<Secret> secrets, DoubleSupplier jitter,
			InstantSource clock) {
	}

	private record Failing(int count, Instant until) {
	}

	public SubscriptionLoop(SourceId id, Parts parts) {
		this.id = id;
		this.parts = parts;
	}

	/**
	 * Does what is due.
	 * @param connections those of the source, whose credentials may be used
	 * @param hinted called when chains of the source have become dirty
	 * @return when something is due again
	 */
	public Instant step(List<Connection> connections, Runnable hinted) {
		Source source = this.parts.sources().ensure(this.id, this.parts.secrets().get());
		Instant next = Instant.MAX;
		for (Resource resource : Resource.ALL) {
			if (resource.hasHints()) {
				Instant due = due(source, resource);
				if (!due.isAfter(now())) {
					source = keep(source, resource, connections, hinted);
					due = due(source, resource);
				}
				next = due.isBefore(next) ? due : next;
			}
		}
		return next;
	}

	/** Takes back what Graph was asked for, as far as Graph lets us. */
	public void unsubscribe(Connection connection) {
		Source source = this.parts.sources().find(this.id);
		if (source != null) {
			source.subscriptions().forEach((resource, there) -> {
				switch (this.parts.subscriptions().delete(connection, there.id())) {
					case Answer.Got<Boolean> _ -> this.parts.sources().save(this.id, resource, null);
					case Answer.Failed<Boolean>(Failure failure) ->
						log.warn("Source {}: subscription {} could not be deleted and will run out: {}", this.id,
								there.id(), failure.message());
				}
			});
		}
	}

	private Instant due(Source source, Resource resource) {
		Subscribed there = source.subscriptions().get(resource);
		Failing resting = this.failing.get(resource);
		Instant notBefore = (resting != null) ? resting.until() : Instant.MIN;
		Instant due = Instant.MIN;
		if (there != null && !there.reauthorize()) {
			Instant check = there.checkedAt().plus(this.parts.checkEvery());
			Instant renewal = renewal(there);
			due = check.isBefore(renewal) ? check : renewal;
		}
		return due.isAfter(notBefore) ? due : notBefore;
	}

	/**
	 * Half of the lifetime before it ends: well before, whatever the lifetime is. Graph
	 * may give less than it was asked for, and must not be asked again at once.
	 */
	private Instant renewal(Subscribed there) {
		Duration given = Duration.between(there.renewedAt(), there.expiresAt());
		Duration lifetime = (given.compareTo(LIFETIME) < 0) ? given : LIFETIME;
		Instant due = there.expiresAt().minus(lifetime.dividedBy(2));
		Instant earliest = there.renewedAt().plus(SHORTEST_RENEWAL);
		return due.isBefore(earliest) ? earliest : due;
	}

	private Source keep(Source source, Resource resource, List<Connection> connections, Runnable hinted) {
		Connection connection = connections.get(Math.floorMod(this.turn, connections.size()));
		Subscribed there = source.subscriptions().get(resource);
		Instant expiresAt = now().plus(LIFETIME);
		if (there == null) {
			return renewed(source, resource, connections,
					this.parts.subscriptions().create(connection, resource, source.clientState(), expiresAt), hinted);
		}
		if (there.reauthorize() || !renewal(there).isAfter(now())) {
			return renewed(source, resource, connections,
					this.parts.subscriptions().renew(connection, there.id(), expiresAt), hinted);
		}
		return switch (this.parts.subscriptions().find(connection, there.id())) {
			case Answer.Got<Subscription>(Subscription found) -> succeeded(source, resource, connections,
					new Subscribed(found.id(), found.expiresAt(), there.renewedAt(), now(), false));
			case Answer.Failed<Subscription>(Failure failure) -> failed(source, resource, connections, failure);
		};
	}

	private Source renewed(Source source, Resource resource, List<Connection> connections, Answer<Subscription> answer,
			Runnable hinted) {
		return switch (answer) {
			case Answer.Got<Subscription>(Subscription subscription) -> {
				log.info("Source {}: subscription {} on {} lasts until {}", this.id, subscription.id(), resource,
						subscription.expiresAt());
				// What happened while Graph was not telling is found by asking.
				this.parts.states().hinted(this.id, List.of(resource), now());
				hinted.run();
				yield succeeded(source, resource, connections,
						new Subscribed(subscription.id(), subscription.expiresAt(), now(), now(), false));
			}
			case Answer.Failed<Subscription>(Failure failure) -> failed(source, resource, connections, failure);
		};
	}

	private Source succeeded(Source source, Resource resource, List<Connection> connections, Subscribed subscribed) {
		this.failing.remove(resource);
		Source saved = this.parts.sources().save(this.id, resource, subscribed);
		boolean all = Resource.ALL.stream()
			.allMatch((each) -> !each.hasHints() || saved.subscriptions().containsKey(each));
		if (!source.told() || !all) {
			return saved;
		}
		connections.forEach((connection) -> this.parts.announcements()
			.publish(connection.id() + ":subscription-restored:" + now().toEpochMilli(),
					new RunEvent.FreshnessRestored(connection.organization(), connection.id(), now())));
		return this.parts.sources().told(this.id, false);
	}

	private Source failed(Source source, Resource resource, List<Connection> connections, Failure failure) {
		Failing before = this.failing.get(resource);
		int count = (before != null) ? before.count() + 1 : 1;
		Duration wait = this.parts.policy().passing().after(count, this.parts.jitter().getAsDouble());
		if (failure instanceof Failure.Throttled throttled && throttled.retryAfter() != null) {
			wait = throttled.retryAfter();
		}
		if (failure instanceof Failure.Denied) {
			// Another connection of the source may have a credential that does.
			this.turn++;
		}
		// One that Graph has lost is created anew at once; one that cannot be created
		// waits.
		boolean missing = failure instanceof Failure.NotFound && source.subscriptions().containsKey(resource);
		this.failing.put(resource, new Failing(count, missing ? now() : now().plus(wait)));
		log.warn("Source {}: subscription on {} failed {} times, tried again in {}: {}", this.id, resource, count, wait,
				failure.message());
		Source saved = missing ? this.parts.sources().save(this.id, resource, null) : source;
		return (count >= TELL_AFTER && !saved.told()) ? tell(connections, failure) : saved;
	}

	private Source tell(List<Connection> connections, Failure failure) {
		Problem problem = FailurePolicy.problem(Problem.Code.SUBSCRIPTION_FAILED, failure, false);
		for (Connection connection : connections) {
			SyncState state = this.parts.states().peek(connection.id());
			Instant readAt = (state != null) ? state.position().readAt() : null;
			this.parts.announcements()
				.publish(connection.id() + ":subscription-lost:" + now().toEpochMilli(),
						new RunEvent.FreshnessLost(connection.organization(), connection.id(),
								(readAt != null) ? readAt : connection.statusAt(), problem, now()));
		}
		return this.parts.sources().told(this.id, true);
	}

	private Instant now() {
		return Instant.ofEpochMilli(this.parts.clock().millis());
	}

}
