package io.rollcall.connector.flow.read;

import java.time.InstantSource;
import java.time.Instant;
import java.util.function.UnaryOperator;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.SyncStates;
import io.rollcall.connector.flow.SyncStates.OwnershipLost;
import io.rollcall.connector.rules.Selection;
import io.rollcall.connector.rules.SyncState;
import io.rollcall.connector.rules.SyncState.Position;
import io.rollcall.connector.rules.SyncState.Refused;
import io.rollcall.model.Sequence;

/** A connection as its owner knows it; used by the owner's one thread. */
public final class OwnedConnection {

	private static final long COUNTERS = 1L << 22;

	private final SyncStates states;

	private final InstantSource clock;

	private Connection connection;

	private SyncState state;

	private long counter;

	/** Claims the connection. */
	public OwnedConnection(Connection connection, SyncStates states, InstantSource clock) {
		this.connection = connection;
		this.states = states;
		this.clock = clock;
		this.state = states.claim(connection.id(), connection.source(), clock.instant());
	}

	public Connection connection() {
		return this.connection;
	}

	/** Its settings or status have changed. */
	public void connection(Connection changed) {
		this.connection = changed;
	}

	public SyncState state() {
		return this.state;
	}

	public Position position() {
		return this.state.position();
	}

	/** What hints have added meanwhile. */
	public void refresh() {
		SyncState found = this.states.find(this.connection.id());
		if (found == null || found.epoch() != this.state.epoch()) {
			throw new OwnershipLost(this.connection.id(), this.state.epoch());
		}
		this.state = found;
	}

	public void save(UnaryOperator<Position> change) {
		this.state = this.states.save(this.state.at(change.apply(position())));
	}

	void saveHeard(Position position, SyncState.Requested heard) {
		this.state = this.states.saveHeard(this.state.at(position), heard);
	}

	void saveRequesting(Position position, SyncState.Requested request) {
		this.state = this.states.saveRequesting(this.state.at(position), request);
	}

	/**
	 * The next request's place among all requests of the connection; raises the epoch
	 * when its counter is used up.
	 */
	Sequence nextSequence() {
		if (this.counter >= COUNTERS) {
			this.state = this.states.raiseEpoch(this.state);
			this.counter = 0;
		}
		return Sequence.of(this.state.epoch(), this.counter++);
	}

	/** What is to be read, but for what Graph has refused. */
	public Selection selection() {
		Refused refused = position().refused();
		return (refused.rules() == this.connection.needs().rules())
				? this.connection.selection().without(refused.attributes()) : this.connection.selection();
	}

	Instant now() {
		return this.clock.instant();
	}

}
