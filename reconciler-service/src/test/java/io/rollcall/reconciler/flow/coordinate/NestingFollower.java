package io.rollcall.reconciler.flow.coordinate;

import java.time.InstantSource;
import java.util.List;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.reconciler.flow.apply.Outbound;
import io.rollcall.reconciler.mongo.Storage;
import io.rollcall.reconciler.mongo.coordinate.MongoConnections;
import io.rollcall.reconciler.mongo.coordinate.MongoCoordinations;
import io.rollcall.reconciler.mongo.coordinate.MongoDirectory;
import io.rollcall.reconciler.mongo.coordinate.MongoNestings;
import io.rollcall.reconciler.mongo.coordinate.MongoRuns;
import io.rollcall.reconciler.mongo.coordinate.MongoStagedEntries;
import io.rollcall.reconciler.mongo.coordinate.MongoToDecide;
import io.rollcall.reconciler.rules.ObjectKey;

/** What a coordinator does about groups in groups, for tests that play the rest of it. */
public final class NestingFollower {

	private static final int WALKED = 7;

	private final Ports ports;

	private final Coordinations.Known known;

	public NestingFollower(MongoDatabase database, ConnectionId connection, OrganizationId organization) {
		this.known = new Coordinations.Known(connection, organization, 0);
		this.ports = new Ports(new MongoCoordinations(database, new Storage(database)), new MongoRuns(database),
				new MongoStagedEntries(database), new MongoToDecide(database), new MongoDirectory(database, WALKED),
				new MongoNestings(database, WALKED), new MongoConnections(database), new Outbound() {

					@Override
					public void publish(List<Message> messages) {
						throw new AssertionError("nobody is told: " + messages);
					}

					@Override
					public int partitionOf(ObjectKey object) {
						return 0;
					}

				}, InstantSource.system());
	}

	/** Before anybody is decided by other rules. */
	public void prepare() {
		new Nested(owned()).prepare();
	}

	/** When containers changed: those whose members are to be decided. */
	public List<String> follow(List<String> changed) {
		return new Nested(owned()).follow("test", changed);
	}

	/** At the end of a FULL run: those whose members are to be decided. */
	public List<String> followAll() {
		new Nested(owned()).followAll("test");
		List<String> concerned = this.ports.toDecide().next(this.known.connection(), "test", Integer.MAX_VALUE);
		this.ports.toDecide().forget(this.known.connection(), "test", concerned);
		return concerned;
	}

	/** A new owner each time: nothing is remembered but what is stored. */
	private Owned owned() {
		return new Owned(this.ports, this.known);
	}

}
