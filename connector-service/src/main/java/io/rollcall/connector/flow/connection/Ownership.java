package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.subscription.SubscriptionLoop;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.SourceId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which sources, and so which connections, are ours: those whose hints are on partitions
 * that we were assigned. Each connection and each source has a thread of its own.
 */
public final class Ownership {

	private static final Logger log = LoggerFactory.getLogger(Ownership.class);

	/** How often it is seen whether all are kept that should be. */
	private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

	private static final Duration STOPS_WITHIN = Duration.ofSeconds(3);

	private final Connections connections;

	private final ToIntFunction<SourceId> partitionOf;

	private final Function<Connection, ConnectionLoop> loops;

	private final @Nullable Function<SourceId, SubscriptionLoop> subscriptions;

	private final InstantSource clock;

	private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();

	private final Map<ConnectionId, Running> running = new ConcurrentHashMap<>();

	private final Map<SourceId, Keeper> keepers = new ConcurrentHashMap<>();

	private final Wake wake = new Wake();

	private volatile boolean stopped;

	private @Nullable Thread thread;

	private record Running(ConnectionLoop loop, Thread thread) {
	}

	/**
	 * Joins what it needs.
	 * @param subscriptions null where Graph cannot reach us
	 */
	Ownership(Connections connections, ToIntFunction<SourceId> partitionOf, Function<Connection, ConnectionLoop> loops,
			@Nullable Function<SourceId, SubscriptionLoop> subscriptions, InstantSource clock) {
		this.connections = connections;
		this.partitionOf = partitionOf;
		this.loops = loops;
		this.subscriptions = subscriptions;
		this.clock = clock;
	}

	/** Hint partitions that are ours from now on. */
	public synchronized void assigned(Collection<Integer> more) {
		this.partitions.addAll(more);
		if (this.thread == null) {
			this.thread = start("ownership", this::keepLooking);
		}
		this.wake.up();
	}

	/** Hint partitions that are no longer ours. */
	public void revoked(Collection<Integer> gone) {
		gone.forEach(this.partitions::remove);
		this.running.values().forEach((each) -> {
			if (!isOurs(each.loop().connection().source())) {
				each.loop().stop();
			}
		});
		this.wake.up();
	}

	/** Hints came for a source. */
	public void wake(SourceId source) {
		this.running.values().forEach((each) -> {
			if (each.loop().connection().source().equals(source)) {
				each.loop().wake();
			}
		});
		Keeper keeper = this.keepers.get(source);
		if (keeper != null) {
			keeper.wake.up();
		}
	}

	/** A connection's settings or status have changed. */
	public void touched(ConnectionId connection) {
		Running there = this.running.get(connection);
		if (there != null) {
			there.loop().touch();
		}
		this.wake.up();
	}

	/** The connections that are read here. */
	public Set<ConnectionId> owned() {
		return this.running.entrySet()
			.stream()
			.filter((each) -> !each.getValue().loop().isStopped())
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	/** The end of this instance. */
	public void stopAll() {
		this.stopped = true;
		this.running.values().forEach((each) -> each.loop().stop());
		this.keepers.values().forEach((each) -> each.wake.up());
		this.wake.up();
		Instant until = this.clock.instant().plus(STOPS_WITHIN);
		for (Running each : this.running.values()) {
			join(each.thread(), until);
		}
		this.keepers.values().forEach((each) -> join(each.thread, until));
	}

	private void join(@Nullable Thread ending, Instant until) {
		try {
			Duration left = Duration.between(this.clock.instant(), until);
			if (ending != null && !(left.isPositive() && ending.join(left))) {
				ending.interrupt();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void keepLooking() {
		while (!this.stopped) {
			this.wake.taken();
			try {
				look();
				this.wake.await(this.clock.instant().plus(LOOK_EVERY), this.clock);
			}
			catch (Throwable ex) {
				if (!this.stopped) {
					log.warn("It could not be seen which connections are to be read, tried again", ex);
				}
				this.wake.await(this.clock.instant().plusSeconds(1), this.clock);
			}
		}
	}

	private void look() {
		List<Connection> ours = this.connections.all()
			.stream()
			.filter((each) -> each.isRead() && isOurs(each.source()))
			.toList();
		for (Connection connection : ours) {
			if (!this.stopped && !this.running.containsKey(connection.id())) {
				ConnectionLoop loop = this.loops.apply(connection);
				this.running.put(connection.id(), new Running(loop, start("connection-" + connection.id(), () -> {
					try {
						loop.run();
					}
					finally {
						this.running.values().removeIf((each) -> each.loop() == loop);
						this.wake.up();
					}
				})));
			}
		}
		Set<ConnectionId> known = ours.stream().map(Connection::id).collect(Collectors.toCollection(HashSet::new));
		this.running.forEach((id, each) -> {
			if (!known.contains(id)) {
				each.loop().touch();
			}
		});
		keepSources(ours);
	}

	private void keepSources(List<Connection> ours) {
		Function<SourceId, SubscriptionLoop> keeping = this.subscriptions;
		if (keeping == null) {
			return;
		}
		Map<SourceId, List<Connection>> bySource = ours.stream().collect(Collectors.groupingBy(Connection::source));
		this.keepers.values().removeIf((each) -> {
			boolean ends = !bySource.containsKey(each.source);
			if (ends) {
				each.connections = List.of();
				each.wake.up();
			}
			return ends;
		});
		bySource.forEach((source, connectionsOfIt) -> {
			Keeper keeper = this.keepers.get(source);
			if (keeper != null) {
				keeper.connections = connectionsOfIt;
			}
			else if (!this.stopped) {
				Keeper begun = new Keeper(source, keeping.apply(source), connectionsOfIt);
				this.keepers.put(source, begun);
				begun.thread = start("subscriptions", begun);
			}
		});
	}

	private boolean isOurs(SourceId source) {
		return !this.stopped && this.partitions.contains(this.partitionOf.applyAsInt(source));
	}

	/**
	 * Libraries look for their parts through the thread's class loader, and whoever
	 * starts us may have another one than the application.
	 */
	private static Thread start(String name, Runnable task) {
		return Thread.ofVirtual().name(name).start(() -> {
			Thread.currentThread().setContextClassLoader(Ownership.class.getClassLoader());
			task.run();
		});
	}

	/** Keeps the subscriptions of a source as long as it has connections. */
	private final class Keeper implements Runnable {

		private final SourceId source;

		private final SubscriptionLoop loop;

		private final Wake wake = new Wake();

		private volatile List<Connection> connections;

		private @Nullable Thread thread;

		private Keeper(SourceId source, SubscriptionLoop loop, List<Connection> connections) {
			this.source = source;
			this.loop = loop;
			this.connections = connections;
		}

		@Override
		public void run() {
			while (!Ownership.this.stopped) {
				this.wake.taken();
				List<Connection> ofSource = this.connections;
				if (ofSource.isEmpty()) {
					return;
				}
				Instant next;
				try {
					next = this.loop.step(ofSource, () -> Ownership.this.wake(this.source));
				}
				catch (Throwable ex) {
					log.warn("The subscriptions of {} could not be kept, tried again", this.source, ex);
					next = Ownership.this.clock.instant().plusSeconds(2);
				}
				Instant latest = Ownership.this.clock.instant().plus(LOOK_EVERY);
				this.wake.await(next.isBefore(latest) ? next : latest, Ownership.this.clock);
			}
		}

	}

}
