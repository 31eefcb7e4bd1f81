package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.read.FullRuns;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.SourceId;

/**
 * Which sources, and so which connections, are ours: those whose hints are on partitions
 * that we were assigned. Each connection and each source has a loop of its own; this one
 * sees that they are there.
 */
public final class Ownership extends Loop {

	/** How often it is seen whether all are kept that should be. */
	private static final Duration LOOK_EVERY = Duration.ofSeconds(30);

	private static final Duration STOPS_WITHIN = Duration.ofSeconds(3);

	/** How many memberships all FULL runs of an instance hold together: about 200 MB. */
	private static final long MOST_EDGES = 10_000_000;

	private final ConnectorFlow flow;

	private final FullRuns fullRuns;

	private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();

	private final Map<ConnectionId, ConnectionLoop> reading = new ConcurrentHashMap<>();

	private final Map<SourceId, SubscriptionLoop> subscriptions = new ConcurrentHashMap<>();

	private final AtomicBoolean started = new AtomicBoolean();

	public Ownership(ConnectorFlow flow) {
		super("ownership", flow);
		this.flow = flow;
		this.fullRuns = new FullRuns(flow.timing().fullRuns(), MOST_EDGES);
	}

	/** Hint partitions that are ours from now on. */
	public void assigned(Collection<Integer> more) {
		this.partitions.addAll(more);
		if (this.started.compareAndSet(false, true)) {
			start();
		}
		wake();
	}

	/** Hint partitions that are no longer ours. */
	public void revoked(Collection<Integer> gone) {
		gone.forEach(this.partitions::remove);
		this.reading.values().stream().filter((each) -> !isOurs(each.connection())).forEach(Loop::stop);
		wake();
	}

	/** Hints came for a source. */
	public void wake(SourceId source) {
		this.reading.values().stream().filter((each) -> each.connection().source().equals(source)).forEach(Loop::wake);
		SubscriptionLoop keeping = this.subscriptions.get(source);
		if (keeping != null) {
			keeping.wake();
		}
	}

	/** A connection's settings or status have changed. */
	public void touched(ConnectionId connection) {
		ConnectionLoop there = this.reading.get(connection);
		if (there != null) {
			there.touch();
		}
		wake();
	}

	/** Takes back the subscriptions of a connection's source. */
	public void unsubscribe(Connection connection) {
		if (this.timing.hints()) {
			new SubscriptionLoop(connection.source(), this.flow, this::wake).unsubscribe(connection);
		}
	}

	/** The connections that are read here. */
	public Set<ConnectionId> owned() {
		return this.reading.values()
			.stream()
			.filter((each) -> !each.isStopped())
			.map((each) -> each.connection().id())
			.collect(Collectors.toSet());
	}

	/** The end of this instance. */
	public void stopAll() {
		stop();
		List<Loop> all = Stream.concat(this.reading.values().stream(), this.subscriptions.values().stream())
			.map(Loop.class::cast)
			.toList();
		all.forEach(Loop::stop);
		Instant until = now().plus(STOPS_WITHIN);
		all.forEach((each) -> each.join(until));
	}

	@Override
	protected Instant step(boolean looks) {
		Map<ConnectionId, Connection> ours = this.ports.connections()
			.all()
			.stream()
			.filter((each) -> each.isRead() && isOurs(each))
			.collect(Collectors.toMap(Connection::id, (each) -> each));
		ours.forEach((id, connection) -> {
			if (!isStopped() && !this.reading.containsKey(id)) {
				ConnectionLoop loop = new ConnectionLoop(connection, this.flow, this.fullRuns, this::hasEnded);
				this.reading.put(id, loop);
				loop.start();
			}
		});
		this.reading.forEach((id, each) -> {
			if (!ours.containsKey(id)) {
				each.touch();
			}
		});
		if (this.timing.hints()) {
			keepSubscriptions(ours.values().stream().collect(Collectors.groupingBy(Connection::source)));
		}
		return now().plus(LOOK_EVERY);
	}

	private void hasEnded(ConnectionLoop loop) {
		this.reading.remove(loop.connection().id(), loop);
		wake();
	}

	private void keepSubscriptions(Map<SourceId, List<Connection>> ours) {
		this.subscriptions.forEach((source, each) -> each.connections(ours.getOrDefault(source, List.of())));
		this.subscriptions.values().removeIf(Loop::isStopped);
		ours.forEach((source, connections) -> {
			if (!isStopped() && !this.subscriptions.containsKey(source)) {
				SubscriptionLoop loop = new SubscriptionLoop(source, this.flow, this::wake);
				loop.connections(connections);
				this.subscriptions.put(source, loop);
				loop.start();
			}
		});
	}

	private boolean isOurs(Connection connection) {
		return !isStopped()
				&& this.partitions.contains(this.ports.publications().partitionOf(connection.source().value()));
	}

}
