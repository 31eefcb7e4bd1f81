package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Connection.Needs;
import io.rollcall.connector.flow.Credential;
import io.rollcall.connector.flow.Ports;
import io.rollcall.connector.flow.Schedule;
import io.rollcall.connector.flow.connection.Refused.Why;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Feature;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.RulesPublished;
import io.rollcall.model.run.RunEvent;
import io.rollcall.model.run.RunMode;
import org.jspecify.annotations.Nullable;

/**
 * What people do with connections. What is told of an act is told again when the act is
 * repeated, as it may be lost when Kafka fails after the act was stored.
 */
public final class ConnectionLifecycle {

	/** The longest source with which {@code source.secret} fits into a clientState. */
	private static final int LONGEST_SOURCE = 84;

	private final Ports ports;

	private final Consumer<Connection> unsubscribe;

	private final Duration manualEvery;

	private final String cloud;

	private final InstantSource clock;

	/**
	 * What a person says about a connection.
	 *
	 * @param credential null leaves a stored one as it is
	 * @param schedule null for manual runs only
	 * @param features null for the usual ones
	 */
	public record Settings(String organization, String name, String tenant, String clientId,
			@Nullable Credential credential, @Nullable Schedule schedule, @Nullable Set<Feature> features) {
	}

	/**
	 * Joins the ports.
	 * @param unsubscribe takes back the subscriptions of a connection's source
	 * @param manualEvery the least time between two manual runs
	 * @param cloud which of Microsoft's clouds new connections are in
	 */
	public ConnectionLifecycle(Ports ports, Consumer<Connection> unsubscribe, Duration manualEvery, String cloud,
			InstantSource clock) {
		this.ports = ports;
		this.unsubscribe = unsubscribe;
		this.manualEvery = manualEvery;
		this.cloud = cloud;
		this.clock = clock;
	}

	/** A new connection, DRAFT or READY, whose credential is tried if it is complete. */
	public Connection create(ConnectionId id, Settings wanted) {
		Connection created = stored(id, wanted);
		tryCredential(created);
		return added(created, wanted);
	}

	/** New settings; a connection that is read goes on with them at once. */
	public Connection change(ConnectionId id, Settings wanted) {
		Connection there = find(id);
		Connection changed = changed(there, wanted);
		tryCredential(changed);
		return replaced(there, changed);
	}

	/** A connection as it would be with new settings; nothing is stored. */
	public Connection proposed(ConnectionId id, Settings wanted) {
		return changed(find(id), wanted);
	}

	/**
	 * An administrator of the tenant has consented, for this connection, to its
	 * application.
	 */
	public Connection consented(ConnectionId id, String tenant, String clientId) {
		while (true) {
			Connection there = find(id);
			if (!there.tenant().equals(tenant) || !there.clientId().equals(clientId)) {
				throw new Refused(Why.NOT_NOW, "Connection '%s' has changed since consent was asked for".formatted(id));
			}
			Connection consented = there.with(Credential.consent(tenant), now());
			Connection next = (there.status() == ConnectionStatus.DRAFT)
					? consented.with(ConnectionStatus.READY, consented.updatedAt()) : consented;
			if (this.ports.connections().replace(there, next)) {
				return saved(next);
			}
		}
	}

	/** Reads and decides from now on. */
	public Connection activate(ConnectionId id, String by) {
		Connection there = find(id);
		if (!there.isComplete()) {
			throw new Refused(Why.NOT_NOW,
					"Connection '%s' needs a tenant, a client id and a credential first".formatted(id));
		}
		if (there.status() == ConnectionStatus.DEACTIVATED) {
			throw new Refused(Why.NOT_NOW,
					"Connection '%s' was deactivated: save its settings again first".formatted(id));
		}
		Connection active = become(there, ConnectionStatus.ACTIVE);
		this.ports.publications()
			.publish(id + ":activated:" + active.statusAt().toEpochMilli(),
					new RunEvent.ConnectionActivated(active.organization(), id, by, active.statusAt()));
		touch(active);
		return active;
	}

	/** Stops until it is activated again. */
	public Connection pause(ConnectionId id, String by) {
		return stop(id, ConnectionStatus.PAUSED, by);
	}

	/** Stops for good; all data stays. */
	public Connection deactivate(ConnectionId id, String by) {
		Connection stopped = stop(id, ConnectionStatus.DEACTIVATED, by);
		boolean shared = this.ports.connections()
			.all()
			.stream()
			.anyMatch((each) -> each.isRead() && each.source().equals(stopped.source()));
		if (!shared) {
			this.unsubscribe.accept(stopped);
		}
		return stopped;
	}

	/** Asks for a run now, at most once in the interval. */
	public void requestRun(ConnectionId id, RunMode mode, String by) {
		Connection there = read(id);
		Instant now = now();
		if (!this.ports.connections().claimManualRun(id, now, this.manualEvery)) {
			throw new Refused(Why.TOO_SOON,
					"A manual run may be started once in %d minutes".formatted(this.manualEvery.toMinutes()),
					this.manualEvery);
		}
		try {
			this.ports.hints().publish(List.of(new Hint.RunRequested(there.source(), id, mode, by, now)));
		}
		catch (RuntimeException ex) {
			// A request that is not published must not keep its person from asking again.
			this.ports.connections().releaseManualRun(id, now);
			throw ex;
		}
	}

	/** Asks for one user to be read now. */
	public void syncPerson(ConnectionId id, ObjectId person, String by) {
		Connection there = read(id);
		this.ports.hints()
			.publish(List.of(new Hint.ObjectWanted(there.source(), id, person, ObjectKind.USER,
					Hint.ObjectWanted.Why.PERSON, by, now())));
	}

	/** The rules need other attributes: a FULL run will read those that are missing. */
	public void needs(RulesPublished rules) {
		this.ports.connections()
			.needs(rules.connection(), new Needs(rules.version(), rules.userAttributes(), rules.groupAttributes()));
		Connection there = this.ports.connections().find(rules.connection());
		if (there != null) {
			touch(there);
		}
	}

	/** What configuration says at start: created or changed, and active. */
	public Connection ensure(ConnectionId id, Settings wanted) {
		Connection there = this.ports.connections().find(id);
		Connection ensured = (there == null) ? added(stored(id, wanted), wanted)
				: isAs(there, wanted) ? saved(there) : replaced(there, changed(there, wanted));
		boolean mayActivate = ensured.status() == ConnectionStatus.ACTIVE || ensured.status() == ConnectionStatus.READY;
		return mayActivate ? activate(id, "configuration") : ensured;
	}

	/** A connection, or the refusal that there is none. */
	public Connection find(ConnectionId id) {
		Connection there = this.ports.connections().find(id);
		if (there == null) {
			throw new Refused(Why.NO_SUCH_CONNECTION, "There is no connection '%s'".formatted(id));
		}
		return there;
	}

	private Connection read(ConnectionId id) {
		Connection there = find(id);
		if (!there.isRead()) {
			throw new Refused(Why.NOT_NOW, "Connection '%s' is %s: activate it first".formatted(id, there.status()));
		}
		return there;
	}

	private Connection stored(ConnectionId id, Settings wanted) {
		if (!id.value().matches("[A-Za-z0-9._-]{1,84}")) {
			throw new Refused(Why.INVALID,
					"A connection's id has 1 to 84 letters, digits, dots, dashes and underscores; '%s' has not"
						.formatted(id));
		}
		Instant now = now();
		Connection created = new Connection(id, new OrganizationId(wanted.organization()), wanted.name(), this.cloud,
				wanted.tenant(), wanted.clientId(), wanted.credential(), wanted.schedule(), wanted.features(),
				Needs.NONE, ConnectionStatus.DRAFT, now, now, now);
		checkSource(created);
		return created.isComplete() ? created.with(ConnectionStatus.READY, now) : created;
	}

	private Connection added(Connection created, Settings wanted) {
		if (this.ports.connections().add(created)) {
			return saved(created);
		}
		Connection there = find(created.id());
		if (isAs(there, wanted)) {
			// Its first creation may have ended before it was published.
			saved(there);
		}
		throw new Refused(Why.NOT_NOW,
				"There is a connection '%s' already: choose another id or change that one".formatted(created.id()));
	}

	private Connection changed(Connection there, Settings wanted) {
		if (!there.organization().value().equals(wanted.organization())) {
			throw new Refused(Why.INVALID, "A connection cannot move to another organization: create a new one");
		}
		if (!there.tenant().equals(wanted.tenant()) && there.status() != ConnectionStatus.DRAFT) {
			throw new Refused(Why.INVALID, "A connection cannot move to another tenant: create a new one");
		}
		Instant now = now();
		Credential credential = (wanted.credential() != null) ? wanted.credential() : kept(there, wanted);
		Connection changed = new Connection(there.id(), there.organization(), wanted.name(), there.cloud(),
				wanted.tenant(), wanted.clientId(), credential, wanted.schedule(), wanted.features(), there.needs(),
				there.status(), there.statusAt(), there.createdAt(), now);
		checkSource(changed);
		boolean begins = there.status() == ConnectionStatus.DRAFT || there.status() == ConnectionStatus.DEACTIVATED;
		return begins ? changed.with(changed.isComplete() ? ConnectionStatus.READY : ConnectionStatus.DRAFT, now)
				: changed;
	}

	/** Consent was given for one tenant and application, and no other. */
	private static @Nullable Credential kept(Connection there, Settings wanted) {
		Credential credential = there.credential();
		boolean other = !there.tenant().equals(wanted.tenant()) || !there.clientId().equals(wanted.clientId());
		if (credential != null && credential.kind() == Credential.Kind.CONSENT && other) {
			throw new Refused(Why.INVALID,
					"The tenant has consented to another application: give a credential with the new client id");
		}
		return credential;
	}

	private Connection replaced(Connection there, Connection changed) {
		replace(there, changed);
		if (!there.source().equals(changed.source())) {
			touch(there);
		}
		return saved(changed);
	}

	private static void checkSource(Connection connection) {
		try {
			if (connection.source().value().length() <= LONGEST_SOURCE) {
				return;
			}
		}
		catch (IllegalArgumentException ex) {
			throw new Refused(Why.INVALID, "The tenant or the client id is none: " + ex.getMessage());
		}
		throw new Refused(Why.INVALID, "The tenant and the client id are too long: use the tenant's id");
	}

	/** What Entra surely refuses is not stored; what cannot be tried now is. */
	private void tryCredential(Connection connection) {
		if (!connection.isComplete()) {
			return;
		}
		Answer<Boolean> answer = this.ports.tenants().accepts(connection);
		if (answer instanceof Answer.Failed<Boolean>(Failure.Denied denied) && denied.certain()) {
			throw new Refused(Why.INVALID, denied.message());
		}
	}

	private Connection stop(ConnectionId id, ConnectionStatus status, String by) {
		Connection stopped = become(find(id), status);
		this.ports.publications()
			.publish(id + ":stopped:" + stopped.statusAt().toEpochMilli(),
					new RunEvent.ConnectionStopped(stopped.organization(), id, status, by, stopped.statusAt()));
		touch(stopped);
		return stopped;
	}

	private Connection become(Connection there, ConnectionStatus status) {
		Connection next = there;
		if (there.status() != status) {
			next = there.with(status, now());
			replace(there, next);
		}
		this.ports.publications().publish(next);
		return next;
	}

	private Connection saved(Connection connection) {
		this.ports.publications().publish(connection);
		this.ports.publications()
			.publish(connection.id() + ":saved:" + connection.updatedAt().toEpochMilli(),
					new RunEvent.ConnectionSaved(connection.organization(), connection.id(), connection.name(),
							connection.tenant(), connection.updatedAt()));
		touch(connection);
		return connection;
	}

	/** Its owner reads the connection again. */
	private void touch(Connection connection) {
		this.ports.hints().publish(List.of(new Hint.ConnectionTouched(connection.source(), connection.id(), now())));
	}

	private void replace(Connection there, Connection next) {
		if (this.ports.connections().replace(there, next)) {
			return;
		}
		Connection known = this.ports.connections().find(there.id());
		if (known == null || !known.updatedAt().equals(there.updatedAt()) || known.needs().equals(there.needs())) {
			throw new Refused(Why.NOT_NOW,
					"Somebody else has just changed connection '%s': look at it and try again".formatted(next.id()));
		}
		// Rules that were published meanwhile are nobody's change of the settings.
		replace(known, next.with(known.needs()));
	}

	private static boolean isAs(Connection there, Settings wanted) {
		return there.name().equals(wanted.name()) && there.tenant().equals(wanted.tenant())
				&& there.clientId().equals(wanted.clientId()) && Objects.equals(there.schedule(), wanted.schedule())
				&& Objects.equals(there.features(), wanted.features())
				&& Objects.equals(there.credential(), wanted.credential());
	}

	/** As exact as the database stores it, so that a stored instant equals ours. */
	private Instant now() {
		return Instant.ofEpochMilli(this.clock.millis());
	}

}
