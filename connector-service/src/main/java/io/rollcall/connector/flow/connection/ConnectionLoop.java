package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.FailurePolicy;
import io.rollcall.connector.flow.Schedule;
import io.rollcall.connector.flow.SyncStates.OwnershipLost;
import io.rollcall.connector.flow.read.FullRuns;
import io.rollcall.connector.flow.read.LiveRead;
import io.rollcall.connector.flow.read.OwnedConnection;
import io.rollcall.connector.flow.read.ReadingById;
import io.rollcall.connector.flow.read.Runs;
import io.rollcall.connector.flow.WantedObjects.Wanted;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState.Position;
import io.rollcall.connector.rules.SyncState.Requested;
import io.rollcall.connector.rules.SyncState.Run;
import io.rollcall.model.RunId;
import io.rollcall.model.hint.Hint.ObjectWanted.Why;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of a connection: one thread that does what its stored state says is due, one
 * thing after the other. Objects that were asked for, live reads and pages of runs take
 * turns, so that none keeps the others waiting.
 */
final class ConnectionLoop extends Loop {

	private static final Logger log = LoggerFactory.getLogger(ConnectionLoop.class);

	/** Nobody rests for longer, so that a lost signal does no lasting harm. */
	private static final Duration LONGEST_REST = Duration.ofMinutes(1);

	private static final int PERSON_TRIES = 5;

	/** About a day, with pauses that grow up to five minutes. */
	private static final int SERVICE_TRIES = 300;

	private final Consumer<ConnectionLoop> whenEnded;

	private final Runs runs;

	private final LiveRead live;

	private final ReadingById byId;

	private final Health health;

	private final FullReading full;

	private volatile Connection connection;

	private volatile boolean touched;

	private @Nullable OwnedConnection owned;

	/** Whose turn it is: objects, live reads, runs. */
	private int turn;

	private @Nullable Wanted wanted;

	/** The run under way, once the coordinator knows of it. */
	private @Nullable RunId announced;

	/**
	 * A loop that has not been started.
	 * @param whenEnded called when it has ended, however it did
	 */
	ConnectionLoop(Connection connection, ConnectorFlow flow, FullRuns fullRuns, Consumer<ConnectionLoop> whenEnded) {
		super("connection-" + connection.id(), flow);
		this.connection = connection;
		this.whenEnded = whenEnded;
		this.runs = new Runs(this.ports, this.chance.runIds());
		this.live = new LiveRead(this.ports);
		this.byId = new ReadingById(this.ports, this.timing.objectAgain());
		this.health = new Health(flow);
		this.full = new FullReading(connection.id(), flow.ports(), fullRuns, this.runs, this.health, this::wake,
				this::touch);
	}

	Connection connection() {
		return this.connection;
	}

	/** The connection's settings or status may have changed. */
	void touch() {
		this.touched = true;
		wake();
	}

	/** What was stored and not answered is not known here. */
	@Override
	protected void failed() {
		this.touched = true;
	}

	@Override
	protected void ended() {
		this.full.end();
		this.whenEnded.accept(this);
	}

	@Override
	protected Instant step(boolean looks) {
		try {
			if (this.owned == null) {
				this.owned = take();
			}
			return (this.owned != null) ? step(this.owned, looks) : Instant.MIN;
		}
		catch (OwnershipLost ex) {
			log.info("Connection {}: {}", this.connection.id(), ex.getMessage());
			stop();
			return Instant.MIN;
		}
	}

	/**
	 * Claims the connection, if it is still to be read; what a former owner left in its
	 * middle is taken up.
	 */
	private @Nullable OwnedConnection take() {
		Connection stored = this.ports.connections().find(this.connection.id());
		if (stored == null || !isStillRead(stored)) {
			stop();
			return null;
		}
		this.connection = stored;
		OwnedConnection taken = new OwnedConnection(stored, this.ports.states(), this.chance.clock());
		// The coordinator knows the status before anything is read.
		this.ports.publications().publish(stored);
		if (taken.position().scheduledAt() == null) {
			taken.save((position) -> position.scheduled(now()));
		}
		this.runs.tellEnd(taken);
		Run run = taken.position().run();
		if (run != null && run.isFull()) {
			this.runs.abandon(taken, run, new Problem(Problem.Code.OWNER_CHANGED, Map.of(), false),
					UnaryOperator.identity(), RunMode.FULL);
		}
		return taken;
	}

	private Instant step(OwnedConnection owned, boolean looks) {
		if (looks) {
			look(owned);
		}
		if (isStopped()) {
			return Instant.MIN;
		}
		this.runs.tellEnd(owned);
		Instant now = now();
		if (this.health.graph().isAfter(now)) {
			this.full.leavePlaceIfLong(now);
			return earliest(this.health.graph(), now.plus(LONGEST_REST));
		}
		for (int turns = 0; turns < 3; turns++) {
			boolean done = switch (this.turn) {
				case 0 -> readObject(owned, now);
				case 1 -> readLive(owned, now);
				default -> goOnWithRun(owned, now);
			};
			this.turn = (this.turn + 1) % 3;
			if (done) {
				return Instant.MIN;
			}
		}
		return rest(owned, now);
	}

	/** What others have stored meanwhile. */
	private void look(OwnedConnection owned) {
		owned.refresh();
		this.wanted = this.ports.wanted().first(this.connection.id());
		if (this.touched) {
			this.touched = false;
			Connection changed = this.ports.connections().find(this.connection.id());
			if (changed == null || !isStillRead(changed)) {
				if (changed != null) {
					this.ports.publications().publish(changed);
				}
				stopReading(owned);
			}
			else if (!changed.equals(this.connection)) {
				this.ports.publications().publish(changed);
				this.connection = changed;
				owned.connection(changed);
				this.ports.tenants().forget(changed.id());
				this.health.forget();
			}
		}
	}

	private boolean isStillRead(Connection stored) {
		return stored.isRead() && stored.source().equals(this.connection.source());
	}

	private void stopReading(OwnedConnection owned) {
		Run run = (this.full.run() != null) ? this.full.run().run() : owned.position().run();
		if (run != null) {
			this.runs.abandon(owned, run, new Problem(Problem.Code.STOPPED, Map.of(), false), UnaryOperator.identity(),
					null);
		}
		this.ports.tenants().forget(this.connection.id());
		stop();
	}

	/** Asks the chain that is due, but for the one that a run is asking. */
	private boolean readLive(OwnedConnection owned, Instant now) {
		Resource ofRun = chainOfRun(owned);
		for (Resource resource : Resource.ALL) {
			if (resource != ofRun && !this.timing.due().read(owned.state(), resource).isAfter(now)
					&& !this.health.rests(resource.name(), now)) {
				readChain(owned, resource, false);
				return true;
			}
		}
		return false;
	}

	private static @Nullable Resource chainOfRun(OwnedConnection owned) {
		Run run = owned.position().run();
		return (run != null && !run.left().isEmpty()) ? run.left().getFirst() : null;
	}

	private boolean goOnWithRun(OwnedConnection owned, Instant now) {
		Run run = owned.position().run();
		this.full.endUnless(run);
		if (run == null) {
			return begin(owned, now);
		}
		if (!run.id().equals(this.announced)) {
			this.runs.announce(owned, run);
			this.announced = run.id();
		}
		Instant scheduled = scheduled(owned);
		if (scheduled != null && !scheduled.isAfter(now)) {
			// One at a time: what the schedule wants meanwhile is dropped.
			owned.save((position) -> position.scheduled(now));
		}
		if (run.isFull()) {
			return this.full.step(owned, run, now);
		}
		Resource chain = chainOfRun(owned);
		if (chain == null) {
			this.runs.endDelta(owned, run);
		}
		else if (this.health.rests(chain.name(), now)) {
			return false;
		}
		else {
			readChain(owned, chain, true);
		}
		return true;
	}

	private boolean begin(OwnedConnection owned, Instant now) {
		Requested why = this.timing.due().run(owned.state(), owned.selection(), scheduled(owned), now);
		if (why == null || why.mode() != RunMode.FULL) {
			this.health.dropped(owned, Health.FULL, now);
			this.full.end();
		}
		else if (this.health.rests(Health.FULL, now)) {
			this.full.end();
			return false;
		}
		else if (!this.full.enter()) {
			return false;
		}
		if (why != null) {
			this.runs.begin(owned, why);
		}
		return why != null;
	}

	private void readChain(OwnedConnection owned, Resource resource, boolean ofRun) {
		Failure failure = this.live.page(owned, resource, ofRun, this.full.run());
		Run run = owned.position().run();
		if (failure == null) {
			this.health.works(owned, resource.name(), true, now());
			if (ofRun && run != null) {
				this.runs.progress(owned, run);
			}
		}
		else if (this.health.failed(owned, resource.name(), failure, now()).beginsAnew()) {
			UnaryOperator<Position> lost = (position) -> position.with(resource, position.chain(resource).lost());
			if (run != null && !run.isFull()) {
				this.runs.abandon(owned, run, FailurePolicy.problem(failure), lost, RunMode.FULL);
			}
			else {
				owned.save(lost);
			}
		}
	}

	private boolean readObject(OwnedConnection owned, Instant now) {
		Wanted object = this.wanted;
		if (object == null || object.due().isAfter(now)) {
			return false;
		}
		Failure failure = read(owned, object);
		if (failure == null) {
			this.health.works(owned, Health.OBJECTS, true, now());
		}
		else {
			objectFailed(owned, object, failure);
		}
		this.wanted = this.ports.wanted().first(this.connection.id());
		return true;
	}

	private @Nullable Failure read(OwnedConnection owned, Wanted object) {
		try {
			return this.byId.step(owned, object, this.full.run());
		}
		catch (OwnershipLost ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			// It may be this object that cannot be published: the others go on.
			log.warn("Connection {}: object {} cannot be read or published", this.connection.id(), object.object(), ex);
			return new Failure.Transient(Problem.Code.INTERNAL, false, null, String.valueOf(ex.getMessage()));
		}
	}

	private void objectFailed(OwnedConnection owned, Wanted object, Failure failure) {
		boolean ours = failure instanceof Failure.Transient passing && passing.code() == Problem.Code.INTERNAL;
		int most = (object.why() == Why.PERSON && !ours) ? PERSON_TRIES : SERVICE_TRIES;
		Duration pause = this.timing.policy().passing().after(object.tries() + 1, this.chance.jitter().getAsDouble());
		if (failure.stopsAll()) {
			Duration all = this.health.failed(owned, Health.OBJECTS, failure, now()).after();
			pause = (all.compareTo(pause) > 0) ? all : pause;
		}
		else if (object.tries() + 1 >= most) {
			this.byId.giveUp(owned, object, FailurePolicy.problem(failure));
			return;
		}
		else {
			log.warn("Connection {}: object {} could not be read, tried again in {}: {}", this.connection.id(),
					object.object(), pause, failure.message());
		}
		this.ports.wanted().later(object.failed(now().plus(pause)));
	}

	private @Nullable Instant scheduled(OwnedConnection owned) {
		Schedule schedule = this.connection.schedule();
		Instant last = owned.position().scheduledAt();
		return (schedule != null && last != null) ? schedule.nextAfter(last) : null;
	}

	/** Until when there is nothing to do. */
	private Instant rest(OwnedConnection owned, Instant now) {
		Instant until = now.plus(LONGEST_REST);
		for (Resource resource : Resource.ALL) {
			Instant due = this.timing.due().read(owned.state(), resource);
			Instant rested = this.health.until(resource.name());
			until = earliest(until, due.isAfter(rested) ? due : rested);
		}
		until = ifAhead(until, this.health.until(Health.FULL), now);
		until = (this.wanted != null) ? earliest(until, this.wanted.due()) : until;
		return ifAhead(until, scheduled(owned), now);
	}

	/** The earlier of two instants, if the second is still to come. */
	private static Instant ifAhead(Instant until, @Nullable Instant due, Instant now) {
		return (due != null && due.isAfter(now)) ? earliest(until, due) : until;
	}

	private static Instant earliest(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

}
