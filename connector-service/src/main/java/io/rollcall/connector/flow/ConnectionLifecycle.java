package io.rollcall.connector.flow;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import io.rollcall.connector.flow.Connection.Status;
import io.rollcall.connector.flow.Refusal.Refused;
import io.rollcall.connector.rules.Selection;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import reactor.core.publisher.Mono;

/** What people do with connections. The owner of a connection hears of it by a hint. */
public final class ConnectionLifecycle {

	/** The longest id with which {@code connection.secret} fits into a clientState. */
	private static final int LONGEST_ID = 80;

	private final Connections connections;

	private final SyncStates states;

	private final Hints hints;

	private final ConnectionReport report;

	private final SyncSettings settings;

	private final Supplier<Secret> secrets;

	private final InstantSource clock;

	ConnectionLifecycle(Connections connections, SyncStates states, Hints hints, ConnectionReport report,
			SyncSettings settings, Supplier<Secret> secrets, InstantSource clock) {
		this.connections = connections;
		this.states = states;
		this.hints = hints;
		this.report = report;
		this.settings = settings;
		this.secrets = secrets;
		this.clock = clock;
	}

	/** A new connection, DRAFT or READY. */
	public Mono<Connection> create(ConnectionId id, ConnectionSettings wanted) {
		if (id.value().length() > LONGEST_ID || !id.value().matches("[A-Za-z0-9._-]+")) {
			return refuse(new Refusal.Invalid(
					"A connection's id has 1 to 80 letters, digits, dots, dashes and underscores; '%s' has not"
						.formatted(id)));
		}
		Instant now = now();
		Connection created = new Connection(id, new OrganizationId(wanted.organization()), wanted.name(),
				wanted.tenant(), wanted.clientId(), wanted.clientSecret(), wanted.schedule(), Status.DRAFT, now, null,
				Selection.DEFAULT, this.secrets.get(), now, now);
		Connection stored = created.isComplete() ? created.with(Status.READY, null, now) : created;
		return this.connections.add(stored)
			.flatMap((added) -> added ? this.report.saved(stored) : repeated(id, wanted).then(refuse(new Refusal.NotNow(
					"There is a connection '%s' already: choose another id or change that one".formatted(id)))));
	}

	/** Its first creation may have ended before it was published. */
	private Mono<Connection> repeated(ConnectionId id, ConnectionSettings wanted) {
		return find(id).filter((there) -> isAs(there, wanted)).flatMap(this.report::saved);
	}

	/** New settings; a connection that is active goes on with them at once. */
	public Mono<Connection> change(ConnectionId id, ConnectionSettings wanted) {
		return find(id).flatMap((there) -> {
			if (!there.organization().value().equals(wanted.organization())) {
				return refuse(
						new Refusal.Invalid("A connection cannot move to another organization: create a new one"));
			}
			Instant now = now();
			Secret secret = (wanted.clientSecret() != null) ? wanted.clientSecret() : there.clientSecret();
			Connection changed = new Connection(id, there.organization(), wanted.name(), wanted.tenant(),
					wanted.clientId(), secret, wanted.schedule(), there.status(), there.statusAt(), there.problem(),
					there.selection(), there.webhookSecret(), there.createdAt(), now);
			Connection stored = (there.status() == Status.DRAFT || there.status() == Status.DEACTIVATED)
					? changed.with(changed.isComplete() ? Status.READY : Status.DRAFT, null, now) : changed;
			return replace(stored, there).then(this.report.saved(stored));
		});
	}

	/** Reads the tenant from now on, beginning at once. */
	public Mono<Connection> activate(ConnectionId id, String by) {
		return find(id).flatMap((there) -> {
			if (!there.isComplete()) {
				return refuse(new Refusal.NotNow(
						"Connection '%s' needs a tenant, a client id and a client secret first".formatted(id)));
			}
			if (there.status() == Status.DEACTIVATED) {
				return refuse(new Refusal.NotNow(
						"Connection '%s' was deactivated: save its settings again first".formatted(id)));
			}
			if (there.isActive()) {
				return this.report.activated(there, by);
			}
			Instant now = now();
			Connection active = there.with(Status.ACTIVE, null, now);
			return this.states.requested(id, new SyncState.Requested(RunMode.DELTA, RunTrigger.ACTIVATION, by))
				.then(replace(active, there))
				.then(Mono.defer(() -> this.report.activated(active, by)));
		});
	}

	/** Stops until it is activated again. */
	public Mono<Connection> pause(ConnectionId id) {
		return stop(id, Status.PAUSED);
	}

	/** Stops for good; all data stays. */
	public Mono<Connection> deactivate(ConnectionId id) {
		return stop(id, Status.DEACTIVATED);
	}

	/** Asks for a run now, at most once in the interval. */
	public Mono<Void> requestRun(ConnectionId id, RunMode mode, String by) {
		Instant now = now();
		return active(id).flatMap((there) -> this.connections.claimManualRun(id, now, this.settings.manualEvery()))
			.flatMap((claimed) -> claimed ? publish(new Hint.RunRequested(id, mode, by, now))
					: refuse(new Refusal.TooSoon(this.settings.manualEvery(),
							"A manual run may be started once in %d minutes"
								.formatted(this.settings.manualEvery().toMinutes()))));
	}

	/** A request that is not published must not keep its person from asking again. */
	private Mono<Void> publish(Hint.RunRequested request) {
		return this.hints.publish(List.of(request))
			.onErrorResume((ex) -> this.connections.releaseManualRun(request.connection(), request.at())
				.onErrorComplete()
				.then(Mono.error(ex)));
	}

	/** Asks for one user to be read now. */
	public Mono<Void> syncPerson(ConnectionId id, ObjectId person, String by) {
		return active(id)
			.flatMap((there) -> this.hints.publish(List.of(new Hint.PersonSyncRequested(id, person, by, now()))));
	}

	/** The rules need other attributes: a FULL run will read them. */
	public Mono<Void> select(RulesPublished rules) {
		return this.connections.find(rules.connection()).flatMap((there) -> {
			if (rules.selection() < there.selection().version()) {
				return Mono.empty();
			}
			if (rules.selection() == there.selection().version()) {
				return this.report.touched(there).then();
			}
			Selection selection = new Selection(rules.selection(), rules.userAttributes(), rules.groupAttributes(),
					there.selection().units());
			Connection selected = there.with(selection, now());
			return replace(selected, there).then(this.report.touched(selected)).then();
		});
	}

	/** What configuration says at start: created or changed, and active. */
	public Mono<Connection> ensure(ConnectionId id, ConnectionSettings wanted) {
		return this.connections.find(id)
			.flatMap((there) -> isAs(there, wanted) ? this.report.saved(there) : change(id, wanted))
			.switchIfEmpty(Mono.defer(() -> create(id, wanted)))
			.flatMap((there) -> mayActivate(there) ? activate(id, "configuration") : Mono.just(there));
	}

	private static boolean mayActivate(Connection there) {
		return there.isActive() || there.isComplete() && Set.of(Status.READY, Status.PAUSED).contains(there.status())
				&& !(there.status() == Status.PAUSED && ConnectionReport.BY_PERSON.equals(there.problem()));
	}

	private static boolean isAs(Connection there, ConnectionSettings wanted) {
		return there.name().equals(wanted.name()) && there.tenant().equals(wanted.tenant())
				&& there.clientId().equals(wanted.clientId()) && Objects.equals(there.schedule(), wanted.schedule())
				&& Objects.equals(there.clientSecret(), wanted.clientSecret());
	}

	private Mono<Connection> stop(ConnectionId id, Status status) {
		return find(id).flatMap((there) -> {
			if (there.status() == status) {
				return ConnectionReport.BY_PERSON.equals(there.problem()) ? this.report.paused(there)
						: this.report.touched(there);
			}
			Connection stopped = there.with(status, ConnectionReport.BY_PERSON, now());
			return replace(stopped, there).then(Mono.defer(() -> this.report.paused(stopped)));
		});
	}

	private Mono<Void> replace(Connection next, Connection there) {
		return this.connections.replace(next, there.updatedAt())
			.flatMap((won) -> won ? Mono.empty() : refuse(new Refusal.NotNow(
					"Somebody else has just changed connection '%s': look at it and try again".formatted(next.id()))));
	}

	/** A connection, or the refusal that there is none. */
	public Mono<Connection> find(ConnectionId id) {
		return this.connections.find(id)
			.switchIfEmpty(refuse(new Refusal.NoSuchConnection("There is no connection '%s'".formatted(id))));
	}

	private Mono<Connection> active(ConnectionId id) {
		return find(id).flatMap((there) -> there.isActive() ? Mono.just(there)
				: refuse(new Refusal.NotNow("Connection '%s' is %s: activate it first".formatted(id, there.status()))));
	}

	/** As exact as the database stores it, so that a stored instant equals ours. */
	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	private static <T> Mono<T> refuse(Refusal refusal) {
		return Mono.error(new Refused(refusal));
	}

}
