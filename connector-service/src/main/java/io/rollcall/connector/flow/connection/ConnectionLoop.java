package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.FailurePolicy;
import io.rollcall.connector.flow.FailurePolicy.Reaction;
import io.rollcall.connector.flow.Schedule;
import io.rollcall.connector.flow.SyncStates.OwnershipLost;
import io.rollcall.connector.flow.connection.ConnectorFlow.Chance;
import io.rollcall.connector.flow.connection.ConnectorFlow.Ports;
import io.rollcall.connector.flow.connection.ConnectorFlow.Timing;
import io.rollcall.connector.flow.read.FullRun;
import io.rollcall.connector.flow.read.FullRuns;
import io.rollcall.connector.flow.read.LiveRead;
import io.rollcall.connector.flow.read.OwnedConnection;
import io.rollcall.connector.flow.read.ReadingById;
import io.rollcall.connector.flow.read.Runs;
import io.rollcall.connector.flow.read.Tenants.Page;
import io.rollcall.connector.flow.read.WantedObjects.Wanted;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.Selection;
import io.rollcall.connector.rules.SyncState.Position;
import io.rollcall.connector.rules.SyncState.Refused;
import io.rollcall.connector.rules.SyncState.Requested;
import io.rollcall.connector.rules.SyncState.Run;
import io.rollcall.model.RunId;
import io.rollcall.model.hint.Hint.ObjectWanted.Why;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The owner of a connection: one thread that does what its stored state says is due, one
 * thing after the other. Objects that were asked for come first; live reads and pages of
 * runs take turns, so that neither keeps the other waiting.
 */
final class ConnectionLoop implements Runnable {

	private static final Logger log = LoggerFactory.getLogger(ConnectionLoop.class);

	private static final String FULL = "FULL";

	/** Nobody rests for longer, so that a lost signal does no lasting harm. */
	private static final Duration LONGEST_REST = Duration.ofMinutes(1);

	/** A FULL run that has waited for so long gives its place back. */
	private static final Duration KEEPS_PLACE = Duration.ofMinutes(1);

	private static final int PERSON_TRIES = 5;

	/** About a day, with pauses that grow up to five minutes. */
	private static final int SERVICE_TRIES = 300;

	private final Ports ports;

	private final Timing timing;

	private final Chance chance;

	private final FullRuns fullRuns;

	private final Runs runs;

	private final LiveRead live;

	private final ReadingById byId;

	private final Trouble trouble = new Trouble();

	private final Health health;

	private final Wake wake = new Wake();

	private volatile Connection connection;

	private volatile boolean stopped;

	private volatile boolean touched;

	private @Nullable FullRun full;

	private boolean liveWasLast;

	private @Nullable Wanted wanted;

	/** The run under way, once the coordinator knows of it. */
	private @Nullable RunId announced;

	/** Whether what is stored may say more than is known here. */
	private boolean looksAgain = true;

	ConnectionLoop(Connection connection, Ports ports, Timing timing, Chance chance, FullRuns fullRuns, Runs runs,
			LiveRead live, ReadingById byId) {
		this.connection = connection;
		this.ports = ports;
		this.timing = timing;
		this.chance = chance;
		this.fullRuns = fullRuns;
		this.runs = runs;
		this.live = live;
		this.byId = byId;
		this.health = new Health(this.trouble, ports.announcements(), timing.policy(), chance.jitter());
	}

	Connection connection() {
		return this.connection;
	}

	/** Something may be due that was not. */
	void wake() {
		this.wake.up();
	}

	/** The connection's settings or status may have changed. */
	void touch() {
		this.touched = true;
		this.wake.up();
	}

	/** It is not owned any more; what is being done may still end. */
	void stop() {
		this.stopped = true;
		this.wake.up();
	}

	boolean isStopped() {
		return this.stopped;
	}

	@Override
	public void run() {
		try {
			goOn();
		}
		finally {
			this.fullRuns.end(this.connection.id());
		}
	}

	private void goOn() {
		int failures = 0;
		OwnedConnection owned = null;
		while (!this.stopped) {
			try {
				if (owned == null) {
					owned = take();
					if (owned == null) {
						break;
					}
				}
				Instant until = step(owned);
				failures = 0;
				this.looksAgain |= this.wake.await(until, this.chance.clock());
			}
			catch (OwnershipLost ex) {
				log.info("Connection {}: {}", this.connection.id(), ex.getMessage());
				this.stopped = true;
			}
			// Nobody else would see an error that ends the thread.
			catch (Throwable ex) {
				if (!this.stopped) {
					failures++;
					Duration pause = this.timing.policy().passing().after(failures, this.chance.jitter().getAsDouble());
					log.warn("Connection {} goes on in {} after failure {} in a row", this.connection.id(), pause,
							failures, ex);
					// What was stored and not answered is not known here.
					this.looksAgain = true;
					this.touched = true;
					this.wake.pause(this.chance.clock().instant().plus(pause), this.chance.clock(), () -> this.stopped);
				}
			}
		}
	}

	/**
	 * Claims the connection, if it is still to be read; what a former owner left in its
	 * middle is taken up.
	 */
	private @Nullable OwnedConnection take() {
		Connection stored = this.ports.connections().find(this.connection.id());
		if (stored == null || !isStillRead(stored)) {
			this.stopped = true;
			return null;
		}
		this.connection = stored;
		OwnedConnection owned = new OwnedConnection(stored, this.ports.states(), this.chance.clock());
		tellStatus(stored);
		if (owned.position().scheduledAt() == null) {
			owned.save((position) -> position.scheduled(now()));
		}
		this.runs.tellEnd(owned);
		Run run = owned.position().run();
		if (run != null && run.isFull()) {
			this.runs.abandon(owned, run, new Problem(Problem.Code.OWNER_CHANGED, Map.of(), false),
					UnaryOperator.identity(), RunMode.FULL);
		}
		return owned;
	}

	/** The coordinator knows the status before anything is read. */
	private void tellStatus(Connection told) {
		this.ports.announcements()
			.publish(told.id() + ":changed:" + told.updatedAt().toEpochMilli(), new Progress.ConnectionChanged(
					told.organization(), told.id(), told.source(), told.status(), told.name(), told.updatedAt()));
	}

	/**
	 * Does what is due.
	 * @return when there is more to do
	 */
	private Instant step(OwnedConnection owned) {
		look(owned);
		if (this.stopped) {
			return Instant.MIN;
		}
		this.runs.tellEnd(owned);
		Instant now = now();
		if (this.trouble.graph().isAfter(now)) {
			leavePlaceIfLong(now);
			return earliest(this.trouble.graph(), now.plus(LONGEST_REST));
		}
		Wanted object = this.wanted;
		if (object != null && !object.due().isAfter(now)) {
			readObject(owned, object);
			return Instant.MIN;
		}
		Resource due = dueRead(owned, now);
		if (due != null && !(this.liveWasLast && mayGoOnWithRun(owned, now))) {
			this.liveWasLast = true;
			readLive(owned, due, false);
			return Instant.MIN;
		}
		this.liveWasLast = false;
		return goOnWithRun(owned, now) ? Instant.MIN : rest(owned, now);
	}

	/** What others have stored meanwhile. */
	private void look(OwnedConnection owned) {
		if (!this.wake.taken() && !this.looksAgain) {
			return;
		}
		this.looksAgain = false;
		owned.refresh();
		this.wanted = this.ports.wanted().first(this.connection.id());
		if (this.touched) {
			this.touched = false;
			Connection changed = this.ports.connections().find(this.connection.id());
			if (changed == null || !isStillRead(changed)) {
				if (changed != null) {
					tellStatus(changed);
				}
				stopReading(owned);
				return;
			}
			if (!changed.equals(this.connection)) {
				tellStatus(changed);
				this.connection = changed;
				owned.connection(changed);
				this.ports.tenants().forget(changed.id());
				this.trouble.forget();
			}
		}
	}

	private boolean isStillRead(Connection stored) {
		return stored.isRead() && stored.source().equals(this.connection.source());
	}

	private void stopReading(OwnedConnection owned) {
		Run run = (this.full != null) ? this.full.run() : owned.position().run();
		if (run != null) {
			this.runs.abandon(owned, run, new Problem(Problem.Code.STOPPED, Map.of(), false), UnaryOperator.identity(),
					null);
		}
		this.ports.tenants().forget(this.connection.id());
		this.stopped = true;
	}

	/** The chain that is to be asked now, but for the one that a run is asking. */
	private @Nullable Resource dueRead(OwnedConnection owned, Instant now) {
		Resource ofRun = chainOfRun(owned);
		for (Resource resource : Resource.ALL) {
			if (resource != ofRun && !this.timing.due().read(owned.state(), resource).isAfter(now)
					&& !this.trouble.until(resource.name()).isAfter(now)) {
				return resource;
			}
		}
		return null;
	}

	private static @Nullable Resource chainOfRun(OwnedConnection owned) {
		Run run = owned.position().run();
		return (run != null && !run.left().isEmpty()) ? run.left().getFirst() : null;
	}

	private boolean mayGoOnWithRun(OwnedConnection owned, Instant now) {
		Resource chain = chainOfRun(owned);
		return (chain != null) ? !this.trouble.until(chain.name()).isAfter(now)
				: this.full != null && !this.trouble.until(FULL).isAfter(now);
	}

	private boolean goOnWithRun(OwnedConnection owned, Instant now) {
		Run run = owned.position().run();
		if (this.full != null && (run == null || !run.id().equals(this.full.run().id()))) {
			forgetFull();
		}
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
			return goOnWithFull(owned, run, now);
		}
		Resource chain = chainOfRun(owned);
		if (chain == null) {
			this.runs.endDelta(owned, run);
			return true;
		}
		if (this.trouble.until(chain.name()).isAfter(now)) {
			return false;
		}
		readLive(owned, chain, true);
		return true;
	}

	private boolean begin(OwnedConnection owned, Instant now) {
		Requested why = this.timing.due().run(owned.state(), owned.selection(), scheduled(owned), now);
		if (why == null || why.mode() != RunMode.FULL || this.trouble.until(FULL).isAfter(now)) {
			this.fullRuns.end(this.connection.id());
		}
		if (why == null || why.mode() != RunMode.FULL) {
			this.health.dropped(owned, FULL, now);
		}
		if (why == null || (why.mode() == RunMode.FULL && (this.trouble.until(FULL).isAfter(now) || !enter(owned)))) {
			return false;
		}
		this.runs.begin(owned, why);
		return true;
	}

	private boolean enter(OwnedConnection owned) {
		int edges = (this.full != null) ? this.full.size() : owned.position().edges();
		return this.fullRuns.enter(this.connection.id(), edges, this.wake::up);
	}

	private boolean goOnWithFull(OwnedConnection owned, Run run, Instant now) {
		if (this.trouble.until(FULL).isAfter(now)) {
			leavePlaceIfLong(now);
			return false;
		}
		if (!enter(owned)) {
			return false;
		}
		FullRun reading = (this.full != null) ? this.full : this.runs.full(owned, run);
		this.full = reading;
		Failure failure = reading.step(owned);
		if (failure != null) {
			failedFull(owned, reading, failure);
			return true;
		}
		this.health.works(owned, FULL, reading.isRead(), now());
		if (reading.isRead()) {
			this.runs.endFull(owned, reading);
			forgetFull();
		}
		else if (!this.fullRuns.holds(this.connection.id(), reading.size())) {
			owned.save((position) -> position.withEdges(reading.size()));
			abandonFull(
					owned, reading, new Problem(Problem.Code.INTERNAL,
							Map.of("detail", "too many memberships are being read at once"), false),
					UnaryOperator.identity(), RunMode.FULL);
		}
		else {
			this.runs.progress(owned, reading.run());
		}
		return true;
	}

	/** Others read meanwhile; what is held stays. */
	private void leavePlaceIfLong(Instant now) {
		if (this.full == null) {
			this.fullRuns.end(this.connection.id());
		}
		else if (this.trouble.since(now).plus(KEEPS_PLACE).isBefore(now)) {
			this.fullRuns.leave(this.connection.id());
		}
	}

	private void forgetFull() {
		this.full = null;
		this.fullRuns.end(this.connection.id());
	}

	private void abandonFull(OwnedConnection owned, FullRun reading, Problem problem, UnaryOperator<Position> change,
			@Nullable RunMode successor) {
		this.runs.abandon(owned, reading.run(), problem, change, successor);
		forgetFull();
	}

	private void readLive(OwnedConnection owned, Resource resource, boolean ofRun) {
		Failure failure = this.live.page(owned, resource, ofRun, this.full);
		if (failure == null) {
			this.health.works(owned, resource.name(), true, now());
			Run run = owned.position().run();
			if (ofRun && run != null) {
				this.runs.progress(owned, run);
			}
			return;
		}
		Reaction reaction = this.health.failed(owned, resource.name(), failure, now());
		if (reaction.beginsAnew()) {
			UnaryOperator<Position> lost = (position) -> position.with(resource, position.chain(resource).lost());
			Run run = owned.position().run();
			if (run != null && !run.isFull()) {
				this.runs.abandon(owned, run, FailurePolicy.problem(failure), lost, RunMode.FULL);
			}
			else {
				owned.save(lost);
			}
		}
	}

	private void readObject(OwnedConnection owned, Wanted object) {
		Failure failure = read(owned, object);
		if (failure != null) {
			objectFailed(owned, object, failure);
		}
		this.wanted = this.ports.wanted().first(this.connection.id());
	}

	private @Nullable Failure read(OwnedConnection owned, Wanted object) {
		try {
			return this.byId.read(owned, object, this.full);
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
		String what = "object " + object.object();
		boolean ours = failure instanceof Failure.Transient passing && passing.code() == Problem.Code.INTERNAL;
		int most = (object.why() == Why.PERSON && !ours) ? PERSON_TRIES : SERVICE_TRIES;
		if (object.tries() + 1 >= most && !failure.stopsAll()) {
			log.error("Connection {}: {} could not be read {} times and is given up; the next FULL run reads it: {}",
					this.connection.id(), what, most, failure.message());
			this.ports.wanted().done(object);
		}
		else {
			Duration pause = this.health.failed(owned, what, failure, now()).after();
			Duration grown = this.timing.policy()
				.passing()
				.after(object.tries() + 1, this.chance.jitter().getAsDouble());
			this.ports.wanted().later(object.failed(now().plus((pause.compareTo(grown) > 0) ? pause : grown)));
		}
		if (!failure.stopsAll()) {
			this.trouble.works(what, true, now());
		}
	}

	private void failedFull(OwnedConnection owned, FullRun reading, Failure failure) {
		Reaction reaction = this.health.failed(owned, FULL, failure, now());
		if (failure instanceof Failure.AttributeRefused) {
			List<String> names = refused(reading, failure);
			Problem problem = new Problem(Problem.Code.ATTRIBUTE_REFUSED,
					Map.of("attribute", String.join(", ", names), "detail", failure.message()), true);
			int rules = this.connection.needs().rules();
			Refused before = owned.position().refused();
			List<String> all = new ArrayList<>((before.rules() == rules) ? before.attributes() : List.of());
			all.addAll(names);
			abandonFull(owned, reading, problem, (position) -> position.withRefused(new Refused(rules, all)), null);
		}
		else if (reaction.beginsAnew()) {
			abandonFull(owned, reading, FailurePolicy.problem(failure), UnaryOperator.identity(), RunMode.FULL);
		}
	}

	/**
	 * The attributes that Graph names; where it names none, each one that rules asked for
	 * is tried alone.
	 */
	private List<String> refused(FullRun reading, Failure failure) {
		List<String> all = reading.attributes();
		List<String> named = all.stream()
			.filter((name) -> Pattern.compile("\\b" + Pattern.quote(name) + "\\b", Pattern.CASE_INSENSITIVE)
				.matcher(failure.message())
				.find())
			.toList();
		List<String> unusual = unusual(named, reading);
		if (!unusual.isEmpty() || !named.isEmpty()) {
			return unusual.isEmpty() ? named : unusual;
		}
		List<String> candidates = unusual(all, reading);
		List<String> alone = candidates.stream().filter((name) -> isRefused(reading.resource(), name)).toList();
		return alone.isEmpty() ? candidates : alone;
	}

	private static List<String> unusual(List<String> names, FullRun reading) {
		List<String> usual = Selection.DEFAULT.of(reading.resource());
		return names.stream().filter((name) -> !usual.contains(name)).toList();
	}

	private boolean isRefused(Resource resource, String attribute) {
		return this.ports.tenants()
			.page(this.connection, resource, null,
					List.of(attribute)) instanceof Answer.Failed<Page>(Failure.AttributeRefused _);
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
			until = later(until, this.timing.due().read(owned.state(), resource), this.trouble.until(resource.name()));
		}
		until = ifAhead(until, this.trouble.until(FULL), now);
		Wanted object = this.wanted;
		until = (object != null) ? later(until, object.due(), now) : until;
		Instant scheduled = scheduled(owned);
		return (scheduled != null) ? ifAhead(until, scheduled, now) : until;
	}

	/** The earlier of two instants, if the second is still to come. */
	private static Instant ifAhead(Instant until, Instant due, Instant now) {
		return due.isAfter(now) ? earliest(until, due) : until;
	}

	/** The earlier of two instants, the second not before a third one. */
	private static Instant later(Instant until, Instant due, Instant notBefore) {
		Instant candidate = due.isAfter(notBefore) ? due : notBefore;
		return earliest(until, candidate);
	}

	private static Instant earliest(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	private Instant now() {
		return Instant.ofEpochMilli(this.chance.clock().millis());
	}

}
