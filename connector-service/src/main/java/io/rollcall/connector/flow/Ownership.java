package io.rollcall.connector.flow;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.rollcall.model.ConnectionId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Which connections this instance owns: those whose hints come on a partition that it was
 * assigned. There is no other lease. Now and then it sees whether all of them are kept.
 * Safe for use by many threads.
 */
public final class Ownership {

	private static final Logger log = LoggerFactory.getLogger(Ownership.class);

	private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

	private final Connections connections;

	private final Hints hints;

	private final TenureLoop loop;

	private final SubscriptionStep subscriptions;

	private final Duration lookEvery;

	private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();

	private final Map<ConnectionId, Kept> kept = new ConcurrentHashMap<>();

	private @Nullable CompletableFuture<Void> looking;

	/** A connection that is kept by a loop of ours. */
	private record Kept(Instant version, Bell bell, CompletableFuture<Void> loop) {
	}

	Ownership(Connections connections, Hints hints, TenureLoop loop, SubscriptionStep subscriptions,
			Duration lookEvery) {
		this.connections = connections;
		this.hints = hints;
		this.loop = loop;
		this.subscriptions = subscriptions;
		this.lookEvery = lookEvery;
	}

	/** These partitions are ours from now on, and so are their connections. */
	public void assigned(Collection<Integer> newPartitions) {
		if (newPartitions.isEmpty()) {
			return;
		}
		this.partitions.addAll(newPartitions);
		log.info("Hint partitions {} are assigned here", newPartitions);
		this.connections.all()
			.filter(Connection::isActive)
			.filter((connection) -> newPartitions.contains(this.hints.partitionOf(connection.id())))
			.doOnNext(this::start)
			.then()
			.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, AFTER_TROUBLE)
				.doBeforeRetry((signal) -> log.warn("Connections cannot be read yet, trying again: {}",
						signal.failure().toString())))
			.toFuture();
		lookNowAndThen();
	}

	/**
	 * Looks at the connections every now and then. A loop ends when another instance,
	 * that was assigned the partition before us, claims late; a hint that a connection
	 * was touched may never have been published. Neither tells us, and nobody would keep
	 * the connection until somebody edits it.
	 */
	private synchronized void lookNowAndThen() {
		if (this.looking == null) {
			this.looking = Mono.delay(this.lookEvery)
				.then(Mono.defer(this::look))
				.onErrorResume(
						(ex) -> Mono.fromRunnable(() -> log.warn("Connections cannot be looked at: {}", ex.toString())))
				.repeat()
				.then()
				.toFuture();
		}
	}

	private Mono<Void> look() {
		return this.connections.all().filter(this::isOutOfStep).concatMap((connection) -> {
			log.info("Connection {} is {} and was not kept so here", connection.id(), connection.status());
			return touched(connection.id());
		}).then();
	}

	private boolean isOutOfStep(Connection connection) {
		Kept there = this.kept.get(connection.id());
		if (!owns(connection.id())) {
			return false;
		}
		return connection.isActive() ? there == null || there.loop().isDone() || isNewer(connection, there)
				: there != null;
	}

	private static boolean isNewer(Connection connection, Kept there) {
		return connection.updatedAt().isAfter(there.version());
	}

	/** These partitions belong to somebody else now. */
	public void revoked(Collection<Integer> oldPartitions) {
		if (oldPartitions.isEmpty()) {
			return;
		}
		this.partitions.removeAll(oldPartitions);
		log.info("Hint partitions {} are no longer assigned here", oldPartitions);
		this.kept.keySet()
			.stream()
			.filter((id) -> oldPartitions.contains(this.hints.partitionOf(id)))
			.toList()
			.forEach(this::stop);
	}

	/** A connection's settings or status changed: its loop begins again with them. */
	public Mono<Void> touched(ConnectionId id) {
		if (!owns(id)) {
			return Mono.empty();
		}
		return this.connections.find(id).flatMap((connection) -> {
			Kept there = this.kept.get(id);
			if (there != null && !there.loop().isDone() && !isNewer(connection, there)) {
				return Mono.empty();
			}
			stop(id);
			if (connection.isActive()) {
				start(connection);
			}
			return (connection.status() == Connection.Status.DEACTIVATED) ? this.subscriptions.unsubscribe(connection)
					: Mono.empty();
		});
	}

	/** There is something new in a connection's stored state. */
	public void ring(ConnectionId id) {
		Kept found = this.kept.get(id);
		if (found != null) {
			found.bell().ring();
		}
	}

	public Set<ConnectionId> owned() {
		return Set.copyOf(this.kept.keySet());
	}

	public synchronized void stopAll() {
		if (this.looking != null) {
			this.looking.cancel(true);
			this.looking = null;
		}
		this.partitions.clear();
		this.kept.keySet().forEach(this::stop);
	}

	private boolean owns(ConnectionId id) {
		return this.partitions.contains(this.hints.partitionOf(id));
	}

	private void start(Connection connection) {
		ConnectionId id = connection.id();
		this.kept.compute(id, (_, running) -> {
			if (running != null && !running.loop().isDone()) {
				return running;
			}
			Bell bell = new Bell();
			return new Kept(connection.updatedAt(), bell, this.loop.keep(connection, bell).toFuture());
		});
		if (!owns(id)) {
			// Revoked while we were reading: whoever came first, the loop must not stay.
			stop(id);
		}
	}

	private void stop(ConnectionId id) {
		Kept stopped = this.kept.remove(id);
		if (stopped != null) {
			stopped.loop().cancel(true);
			log.info("Connection {} is no longer kept here", id);
		}
	}

}
