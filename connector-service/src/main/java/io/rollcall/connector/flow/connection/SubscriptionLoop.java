package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.FailurePolicy;
import io.rollcall.connector.flow.Sources.Source;
import io.rollcall.connector.flow.Sources.Subscribed;
import io.rollcall.connector.flow.Subscriptions.Subscription;
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
 * minutes. It ends when its source has no connections any more.
 */
final class SubscriptionLoop extends Loop {

	private static final Logger log = LoggerFactory.getLogger(SubscriptionLoop.class);

	private static final int TELL_AFTER = 4;

	/** How long a subscription is asked for; Graph allows 29 days. */
	private static final Duration LIFETIME = Duration.ofDays(3);

	/** However short a subscription Graph gives, it is renewed no more often. */
	private static final Duration SHORTEST_RENEWAL = Duration.ofMinutes(1);

	/** Nobody rests for longer, so that a lost signal does no lasting harm. */
	private static final Duration LONGEST_REST = Duration.ofSeconds(30);

	private final SourceId id;

	private final Consumer<SourceId> hinted;

	private final Map<Resource, Failing> failing = new EnumMap<>(Resource.class);

	/** Those of the source, whose credentials may be used. */
	private volatile List<Connection> connections = List.of();

	private int turn;

	private record Failing(int count, Instant until) {
	}

	/**
	 * A loop that has not been started.
	 * @param hinted called when chains of the source have become dirty
	 */
	SubscriptionLoop(SourceId id, ConnectorFlow flow, Consumer<SourceId> hinted) {
		super("subscriptions", flow);
		this.id = id;
		this.hinted = hinted;
	}

	/** It keeps them for these from now on; for none it ends. */
	void connections(List<Connection> ofSource) {
		this.connections = ofSource;
		if (ofSource.isEmpty()) {
			stop();
		}
	}

	@Override
	protected Instant step(boolean looks) {
		Source source = this.ports.sources().ensure(this.id, this.chance.secrets().get());
		Instant next = now().plus(LONGEST_REST);
		for (Resource resource : Resource.ALL) {
			List<Connection> ofSource = this.connections;
			if (ofSource.stream().anyMatch((each) -> each.hasHints(resource))) {
				if (!due(source, resource).isAfter(now())) {
					source = keep(source, resource, ofSource);
				}
				Instant due = due(source, resource);
				next = due.isBefore(next) ? due : next;
			}
		}
		return next;
	}

	/** Takes back what Graph was asked for, as far as Graph lets us. */
	void unsubscribe(Connection connection) {
		Source source = this.ports.sources().find(this.id);
		if (source != null) {
			source.subscriptions().forEach((resource, there) -> {
				switch (this.ports.subscriptions().delete(connection, there.id())) {
					case Answer.Got<Boolean> _ -> this.ports.sources().save(this.id, resource, null);
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
			Instant check = there.checkedAt().plus(this.timing.subscriptionCheck());
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

	private Source keep(Source source, Resource resource, List<Connection> connections) {
		Connection connection = connections.get(Math.floorMod(this.turn, connections.size()));
		Subscribed there = source.subscriptions().get(resource);
		Instant expiresAt = now().plus(LIFETIME);
		boolean checks = there != null && !there.reauthorize() && renewal(there).isAfter(now());
		Answer<Subscription> answer = (there == null)
				? this.ports.subscriptions().create(connection, resource, source.clientState(), expiresAt)
				: checks ? this.ports.subscriptions().find(connection, there.id())
						: this.ports.subscriptions().renew(connection, there.id(), expiresAt);
		return switch (answer) {
			case Answer.Got<Subscription>(Subscription found) -> {
				if (!checks) {
					log.info("Source {}: subscription {} on {} lasts until {}", this.id, found.id(), resource,
							found.expiresAt());
					// What happened while Graph was not telling is found by asking.
					this.ports.states().hinted(this.id, List.of(resource), now());
					this.hinted.accept(this.id);
				}
				yield succeeded(source, resource, connections, new Subscribed(found.id(), found.expiresAt(),
						(there != null && checks) ? there.renewedAt() : now(), now(), false));
			}
			case Answer.Failed<Subscription>(Failure failure) -> failed(source, resource, connections, failure);
		};
	}

	private Source succeeded(Source source, Resource resource, List<Connection> connections, Subscribed subscribed) {
		this.failing.remove(resource);
		Source saved = this.ports.sources().save(this.id, resource, subscribed);
		boolean all = Resource.ALL.stream()
			.allMatch((each) -> connections.stream().noneMatch((one) -> one.hasHints(each))
					|| saved.subscriptions().containsKey(each));
		if (!source.told() || !all) {
			return saved;
		}
		connections.forEach((connection) -> this.ports.publications()
			.publish(connection.id() + ":subscription-restored:" + now().toEpochMilli(),
					new RunEvent.FreshnessRestored(connection.organization(), connection.id(), now())));
		return this.ports.sources().told(this.id, false);
	}

	private Source failed(Source source, Resource resource, List<Connection> connections, Failure failure) {
		Failing before = this.failing.get(resource);
		int count = (before != null) ? before.count() + 1 : 1;
		Duration wait = this.timing.policy().passing().after(count, this.chance.jitter().getAsDouble());
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
		Source saved = missing ? this.ports.sources().save(this.id, resource, null) : source;
		return (count >= TELL_AFTER && !saved.told()) ? tell(connections, failure) : saved;
	}

	private Source tell(List<Connection> connections, Failure failure) {
		Problem problem = FailurePolicy.problem(Problem.Code.SUBSCRIPTION_FAILED, failure, false);
		for (Connection connection : connections) {
			SyncState state = this.ports.states().find(connection.id());
			Instant readAt = (state != null) ? state.position().readAt() : null;
			this.ports.publications()
				.publish(connection.id() + ":subscription-lost:" + now().toEpochMilli(),
						new RunEvent.FreshnessLost(connection.organization(), connection.id(),
								(readAt != null) ? readAt : connection.statusAt(), problem, now()));
		}
		return this.ports.sources().told(this.id, true);
	}

}
