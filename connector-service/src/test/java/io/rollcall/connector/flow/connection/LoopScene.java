package io.rollcall.connector.flow.connection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Connections;
import io.rollcall.connector.flow.FailurePolicy;
import io.rollcall.connector.flow.Ports;
import io.rollcall.connector.flow.Publications;
import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.Secret;
import io.rollcall.connector.flow.Sources;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.flow.Tenants;
import io.rollcall.connector.flow.Tenants.Related;
import io.rollcall.connector.flow.WantedObjects;
import io.rollcall.connector.flow.read.FullRuns;
import io.rollcall.connector.rules.Due;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Feature;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.Selection;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.connector.rules.SyncState.Chain;
import io.rollcall.connector.rules.SyncState.Position;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.SourceId;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.Cell;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.event.Event;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import io.rollcall.support.Backoff;
import io.rollcall.support.DeadLetter;
import io.rollcall.support.DeadLetters;
import org.jspecify.annotations.Nullable;

/**
 * One connection, and ports that fail in ways that no real one does when it is told to.
 */
final class LoopScene {

	private static final Backoff PAUSES = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));

	static final ConnectionId ID = new ConnectionId("acme");

	final List<Event> told = new CopyOnWriteArrayList<>();

	final List<Resource> pages = new CopyOnWriteArrayList<>();

	final FullRuns fullRuns = new FullRuns(1, 100);

	final Wanting wanted = new Wanting();

	final Stored states = new Stored();

	volatile @Nullable Connection stored = connection(ConnectionStatus.ACTIVE, 0);

	/** The page of a link: nothing has changed. */
	volatile Function<@Nullable String, Tenants.Page> answering = (_) -> new Tenants.Page(List.of(), 0, null, "delta");

	/** Called at every publication of what was read. */
	volatile Runnable publishing = () -> {
	};

	/** Called when all connections are looked for. */
	volatile Runnable finding = () -> {
	};

	/** How often chains are asked. */
	volatile Duration always = Duration.ofMillis(1);

	/** Called when a source is looked for. */
	volatile Runnable ensuring = () -> {
	};

	/** The page of what is in an object, or what it is in. */
	volatile Function<@Nullable String, Answer<Related>> relating = (_) -> new Answer.Got<>(
			new Related(List.of(), null));

	volatile Attributes attributes = new Attributes(
			Map.of("userPrincipalName", "ada@acme.example", "displayName", "Ada"));

	volatile DoubleSupplier jitter = () -> 0.5;

	final List<Cell> cells = new CopyOnWriteArrayList<>();

	final Letters deadLetters = new Letters();

	private final Sources sources = new Failing();

	final FailurePolicy policy = new FailurePolicy(PAUSES, PAUSES);

	static Connection connection(ConnectionStatus status, long updated) {
		Instant at = Instant.parse("2026-11-23T12:00:00Z").plusSeconds(updated);
		return new Connection(ID, new OrganizationId("acme"), "Acme", "global", "tenant", "client",
				Credential.secret(new Secret("s")), null, null, Connection.Needs.NONE, status, at, at, at);
	}

	/** What the loops share, without hints. */
	private ConnectorFlow flow(boolean hints) {
		var ports = new Ports(new Finding(), this.sources, this.states, new Told(), null, new Publishing(), this.wanted,
				this.deadLetters);
		var timing = new ConnectorFlow.Timing(hints, new Due(List.of(), this.always), this.policy, PAUSES, 1,
				Duration.ofHours(1), Duration.ofMinutes(15));
		return new ConnectorFlow(ports, timing, new ConnectorFlow.Chance(Clock.tickMillis(ZoneOffset.UTC),
				() -> this.jitter.getAsDouble(), () -> new RunId("run"), () -> new Secret("s")));
	}

	ConnectionLoop loop(Connection cached) {
		return new ConnectionLoop(cached, flow(false), this.fullRuns, (_) -> {
		});
	}

	Ownership ownership() {
		return new Ownership(flow(true));
	}

	/** Sources whose database fails, each time in another way. */
	private final class Failing implements Sources {

		@Override
		public Source ensure(SourceId id, Secret clientState) {
			LoopScene.this.ensuring.run();
			throw new IllegalStateException("The database is away");
		}

		@Override
		public @Nullable Source find(SourceId id) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Source save(SourceId id, Resource resource, @Nullable Subscribed subscribed) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void reauthorizationWanted(SourceId id, String subscription) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Source told(SourceId id, boolean told) {
			throw new UnsupportedOperationException();
		}

	}

	List<ConnectionStatus> statuses() {
		return this.told.stream()
			.filter(Progress.ConnectionChanged.class::isInstance)
			.map((event) -> ((Progress.ConnectionChanged) event).status())
			.toList();
	}

	/** All chains alive. */
	static Position alive() {
		Position position = Position.START;
		for (Resource each : Resource.ALL) {
			position = position.with(each, Chain.NONE.replaced("delta", Selection.DEFAULT.of(each), Instant.EPOCH));
		}
		return position;
	}

	private final class Publishing implements Publications {

		@Override
		public void publish(String topic, List<? extends Observation.OfPartition> records) {
			LoopScene.this.publishing.run();
			records.stream()
				.filter(Observation.CellsObserved.class::isInstance)
				.forEach((record) -> LoopScene.this.cells.addAll(((Observation.CellsObserved) record).cells()));
		}

		@Override
		public void publish(String id, RunEvent event) {
			LoopScene.this.told.add(event);
		}

		@Override
		public void publish(String id, Progress event) {
			LoopScene.this.told.add(event);
		}

		@Override
		public void publish(List<Hint> hints) {
			throw new UnsupportedOperationException();
		}

		@Override
		public int partitionOf(String key) {
			return 0;
		}

	}

	/** Letters in memory. */
	static final class Letters implements DeadLetters {

		final List<DeadLetter> saved = new CopyOnWriteArrayList<>();

		@Override
		public void save(DeadLetter letter) {
			this.saved.add(letter);
		}

		@Override
		public List<DeadLetter> newest(int limit) {
			return this.saved;
		}

		@Override
		public long count() {
			return this.saved.size();
		}

		@Override
		public Optional<DeadLetter> redrive(String id) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Optional<DeadLetter> discard(String id) {
			throw new UnsupportedOperationException();
		}

	}

	private final class Finding implements Connections {

		@Override
		public @Nullable Connection find(ConnectionId id) {
			return LoopScene.this.stored;
		}

		@Override
		public List<Connection> all() {
			LoopScene.this.finding.run();
			Connection there = LoopScene.this.stored;
			return (there != null) ? List.of(there) : List.of();
		}

		@Override
		public boolean add(Connection connection) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean replace(Connection there, Connection next) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void needs(ConnectionId id, Connection.Needs needs) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean claimManualRun(ConnectionId id, Instant now, Duration interval) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void releaseManualRun(ConnectionId id, Instant claimedAt) {
			throw new UnsupportedOperationException();
		}

	}

	/** A tenant that gives the pages it is told to. */
	private final class Told implements Tenants {

		@Override
		public Answer<Set<Feature>> granted(Connection connection) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Answer<Page> page(Connection connection, Resource resource, @Nullable String link,
				List<String> attributes) {
			LoopScene.this.pages.add(resource);
			return new Answer.Got<>(LoopScene.this.answering.apply(link));
		}

		@Override
		public Answer<Cell.ObjectRead> object(Connection connection, Resource resource, ObjectId object,
				List<String> attributes) {
			return new Answer.Got<>(new Cell.ObjectRead(0, object, resource.kind(), LoopScene.this.attributes, null));
		}

		@Override
		public Answer<Related> related(Connection connection, Resource resource, ObjectId object,
				@Nullable String link) {
			return LoopScene.this.relating.apply(link);
		}

		@Override
		public Answer<Boolean> isDeleted(Connection connection, ObjectId object) {
			return new Answer.Failed<>(new Failure.Transient(Problem.Code.GRAPH_FAILED, false, null, "no"));
		}

		@Override
		public Answer<Boolean> accepts(Connection connection) {
			return new Answer.Got<>(true);
		}

		@Override
		public void forget(ConnectionId connection) {
		}

	}

	/** What is wanted, with all that became of it. */
	static final class Wanting implements WantedObjects {

		final List<Wanted> later = new CopyOnWriteArrayList<>();

		private final List<Wanted> waiting = new ArrayList<>();

		@Override
		public synchronized void want(Wanted wanted) {
			this.waiting.add(wanted);
		}

		@Override
		public synchronized @Nullable Wanted first(ConnectionId connection) {
			return this.waiting.isEmpty() ? null : this.waiting.getFirst();
		}

		@Override
		public synchronized void done(Wanted wanted) {
			this.waiting.removeIf((each) -> each.object().equals(wanted.object()));
		}

		@Override
		public synchronized void later(Wanted wanted) {
			done(wanted);
			this.waiting.add(wanted);
			this.later.add(wanted);
		}

	}

	/** The state of one connection, in memory. */
	static final class Stored implements SyncStates {

		volatile SyncState state = new SyncState(ID, 1, alive(), Map.of(), null);

		volatile boolean claimedByAnother;

		volatile Runnable claiming = () -> {
		};

		@Override
		public SyncState claim(ConnectionId connection, SourceId source, Instant now) {
			this.claiming.run();
			return this.state;
		}

		@Override
		public SyncState find(ConnectionId connection) {
			SyncState there = this.state;
			return this.claimedByAnother
					? new SyncState(ID, there.epoch() + 1, there.position(), there.hinted(), there.requested()) : there;
		}

		@Override
		public SyncState raiseEpoch(SyncState raised) {
			return this.state;
		}

		@Override
		public SyncState save(SyncState saved) {
			this.state = saved;
			return saved;
		}

		@Override
		public SyncState saveHeard(SyncState saved, SyncState.Requested heard) {
			return save(saved);
		}

		@Override
		public SyncState saveRequesting(SyncState saved, SyncState.Requested request) {
			return save(saved);
		}

		@Override
		public void hinted(SourceId source, Collection<Resource> resources, Instant at) {
		}

		@Override
		public void hintsLost() {
		}

		@Override
		public void requested(ConnectionId connection, SyncState.Requested request) {
		}

		@Override
		public void resyncWanted(ConnectionId connection, Instant lostAt) {
		}

	}

}
