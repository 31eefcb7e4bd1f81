package io.rollcall.connector.flow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.DoubleSupplier;

import io.rollcall.connector.flow.Subscriptions.Subscription;
import io.rollcall.connector.rules.Backoff;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.FailurePolicy;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.connector.rules.SyncState.Subscribed;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Keeps the subscriptions: created, renewed, seen to be there. Failures are tried again
 * and never stop the runs, which find by polling what no notification tells. Renewal
 * authorizes again too, so reauthorize and renew are never both sent within ten minutes.
 */
final class SubscriptionStep {

	private static final Logger log = LoggerFactory.getLogger(SubscriptionStep.class);

	private static final int TELL_AFTER = 4;

	private static final Duration LONGEST_UNSUBSCRIBE = Duration.ofSeconds(10);

	private final Subscriptions subscriptions;

	private final SyncStates states;

	private final RunEvents events;

	private final Duration lifetime;

	private final Backoff backoff;

	private final DoubleSupplier jitter;

	private final InstantSource clock;

	SubscriptionStep(Subscriptions subscriptions, SyncStates states, RunEvents events, Duration lifetime,
			Backoff backoff, DoubleSupplier jitter, InstantSource clock) {
		this.subscriptions = subscriptions;
		this.states = states;
		this.events = events;
		this.lifetime = lifetime;
		this.backoff = backoff;
		this.jitter = jitter;
		this.clock = clock;
	}

	Mono<Void> subscribe(Tenure tenure, Resource resource) {
		return this.subscriptions.create(tenure.connection(), resource, this.clock.instant().plus(this.lifetime))
			.flatMap((answer) -> renewed(tenure, resource, answer));
	}

	Mono<Void> renew(Tenure tenure, Resource resource, Subscribed there) {
		return this.subscriptions.renew(tenure.connection(), there.id(), this.clock.instant().plus(this.lifetime))
			.flatMap((answer) -> renewed(tenure, resource, answer));
	}

	/** Takes back what a connection asked Graph for, as far as Graph lets us. */
	Mono<Void> unsubscribe(Connection connection) {
		return this.states.peek(connection.id())
			.flatMapMany((state) -> Flux.fromIterable(state.subscriptions().entrySet())
				.concatMap((there) -> this.subscriptions.delete(connection, there.getValue().id())
					.filter(Answer.Got.class::isInstance)
					.flatMap((gone) -> this.states.saveSubscription(state, there.getKey(), null))))
			.then()
			.timeout(LONGEST_UNSUBSCRIBE)
			.onErrorResume((ex) -> {
				log.warn("Connection {}: its subscriptions could not be deleted and will run out: {}", connection.id(),
						ex.toString());
				return Mono.empty();
			});
	}

	Mono<Void> check(Tenure tenure, Resource resource, Subscribed there) {
		return this.subscriptions.find(tenure.connection(), there.id()).flatMap((answer) -> switch (answer) {
			case Answer.Got<Subscription>(Subscription found) -> succeeded(tenure, resource,
					new Subscribed(found.id(), found.expiresAt(), there.renewedAt(), this.clock.instant(), false));
			case Answer.Failed<Subscription>(Failure failure) -> failed(tenure, resource, failure);
		});
	}

	private Mono<Void> renewed(Tenure tenure, Resource resource, Answer<Subscription> answer) {
		Instant now = this.clock.instant();
		return switch (answer) {
			case Answer.Got<Subscription>(Subscription subscription) -> {
				log.info("Connection {}: subscription {} on {} lasts until {}", tenure.id(), subscription.id(),
						resource, subscription.expiresAt());
				// What happened while Graph was not telling is found by asking.
				yield this.states.hinted(tenure.id(), List.of(resource), now)
					.then(Mono.defer(() -> succeeded(tenure, resource,
							new Subscribed(subscription.id(), subscription.expiresAt(), now, now, false))));
			}
			case Answer.Failed<Subscription>(Failure failure) -> failed(tenure, resource, failure);
		};
	}

	private Mono<Void> succeeded(Tenure tenure, Resource resource, Subscribed subscribed) {
		// People hear that all is well when no other resource is without notifications.
		boolean told = tenure.subscriptionSucceeded(resource) >= TELL_AFTER
				&& tenure.subscriptionFailures() < TELL_AFTER;
		Instant now = this.clock.instant();
		Connection connection = tenure.connection();
		Mono<Void> restored = told
				? this.events.publish(connection.id() + ":subscription-restored:" + now.toEpochMilli(),
						new RunEvent.FreshnessRestored(connection.organization(), connection.id(), now))
				: Mono.empty();
		return restored.then(save(tenure, resource, subscribed));
	}

	private Mono<Void> failed(Tenure tenure, Resource resource, Failure failure) {
		int failures = tenure.subscriptionFailed(resource);
		Duration wait = this.backoff.after(failures, this.jitter.getAsDouble());
		if (failure instanceof Failure.Throttled throttled && throttled.retryAfter() != null) {
			wait = throttled.retryAfter();
		}
		Instant now = this.clock.instant();
		// One that Graph has lost is created anew at once; one that cannot be created
		// waits.
		boolean missing = failure instanceof Failure.NotFound && tenure.state().subscriptions().containsKey(resource);
		tenure.patience(tenure.patience().subscriptionUntil(resource, missing ? now : now.plus(wait)));
		log.warn("Connection {}: subscription on {} failed {} times, tried again in {}: {}", tenure.id(), resource,
				failures, wait, failure.message());
		Mono<Void> forgotten = missing ? save(tenure, resource, null) : Mono.empty();
		return (failures == TELL_AFTER) ? forgotten.then(tell(tenure, resource, failure, now)) : forgotten;
	}

	private Mono<Void> tell(Tenure tenure, Resource resource, Failure failure, Instant now) {
		Connection connection = tenure.connection();
		SyncState state = tenure.state();
		Problem problem = FailurePolicy.problem(Problem.Code.SUBSCRIPTION_FAILED, failure.message(), false);
		return this.events.publish(connection.id() + ":subscription-lost:" + resource + ":" + now.toEpochMilli(),
				new RunEvent.FreshnessLost(connection.organization(), connection.id(),
						(state.readAt() != null) ? state.readAt() : connection.updatedAt(), problem, now));
	}

	private Mono<Void> save(Tenure tenure, Resource resource, @Nullable Subscribed subscribed) {
		return this.states.saveSubscription(tenure.state(), resource, subscribed).doOnNext(tenure::state).then();
	}

}
