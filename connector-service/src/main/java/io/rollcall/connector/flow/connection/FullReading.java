package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import io.rollcall.connector.flow.Answer;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.FailurePolicy;
import io.rollcall.connector.flow.FailurePolicy.Reaction;
import io.rollcall.connector.flow.Ports;
import io.rollcall.connector.flow.read.FullRun;
import io.rollcall.connector.flow.read.FullRuns;
import io.rollcall.connector.flow.read.OwnedConnection;
import io.rollcall.connector.flow.read.Runs;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.Feature;
import io.rollcall.connector.rules.Resource;
import io.rollcall.connector.rules.SyncState.Position;
import io.rollcall.connector.rules.SyncState.Refused;
import io.rollcall.connector.rules.SyncState.Run;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.hint.Hint;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunMode;
import org.jspecify.annotations.Nullable;

/** A connection's FULL run, with its place among those of the instance. */
final class FullReading {

	/** A run that has waited for so long gives its place back. */
	private static final Duration KEEPS_PLACE = Duration.ofMinutes(1);

	private final ConnectionId connection;

	private final Ports ports;

	private final FullRuns places;

	private final Runs runs;

	private final Health health;

	private final Runnable wake;

	private final Runnable touch;

	private @Nullable FullRun run;

	/** How many the last run held. */
	private int edges;

	/**
	 * None yet.
	 * @param wake called when there may be a place
	 * @param touch called when the connection has changed
	 */
	FullReading(ConnectionId connection, Ports ports, FullRuns places, Runs runs, Health health, Runnable wake,
			Runnable touch) {
		this.connection = connection;
		this.ports = ports;
		this.places = places;
		this.runs = runs;
		this.health = health;
		this.wake = wake;
		this.touch = touch;
	}

	/** The run under way, if its reading has begun. */
	@Nullable FullRun run() {
		return this.run;
	}

	/** Takes a place; false when there is none. */
	boolean enter() {
		int edges = (this.run != null) ? this.run.size() : this.edges;
		return this.places.enter(this.connection, edges, this.wake);
	}

	/** Others read meanwhile; what is held stays. */
	void leavePlaceIfLong(Instant now) {
		if (this.run == null) {
			this.places.end(this.connection);
		}
		else if (this.health.since(now).plus(KEEPS_PLACE).isBefore(now)) {
			this.places.leave(this.connection);
		}
	}

	/** Forgets a run that is not the stored one any more. */
	void endUnless(@Nullable Run stored) {
		if (this.run != null && (stored == null || !stored.id().equals(this.run.run().id()))) {
			end();
		}
	}

	/** Forgets the run, and gives back its place. */
	void end() {
		this.edges = (this.run != null) ? this.run.size() : this.edges;
		this.run = null;
		this.places.end(this.connection);
	}

	/**
	 * Goes on with the stored run.
	 * @return whether there was anything to do
	 */
	boolean step(OwnedConnection owned, Run stored, Instant now) {
		if (this.health.rests(Health.FULL, now)) {
			leavePlaceIfLong(now);
			return false;
		}
		if (!enter()) {
			return false;
		}
		FullRun reading = (this.run != null) ? this.run : this.runs.full(owned, stored);
		this.run = reading;
		Failure failure = reading.step(owned);
		if (failure != null) {
			failed(owned, reading, failure, now);
			return true;
		}
		this.health.works(owned, Health.FULL, reading.isRead(), now);
		if (reading.isRead()) {
			this.runs.endFull(owned, reading);
			end();
		}
		else if (!this.places.holds(this.connection, reading.size())) {
			abandon(owned, reading, new Problem(Problem.Code.INTERNAL,
					Map.of("detail", "too many memberships are being read at once"), false), UnaryOperator.identity(),
					RunMode.FULL);
		}
		else {
			this.runs.progress(owned, reading.run());
		}
		return true;
	}

	private void failed(OwnedConnection owned, FullRun reading, Failure failure, Instant now) {
		Reaction reaction = this.health.failed(owned, Health.FULL, failure, now);
		boolean beginsAnew = reaction.beginsAnew();
		Problem believed = reaction.problem();
		if (failure instanceof Failure.AttributeRefused) {
			Connection read = owned.connection();
			List<String> names = reading.refused(read);
			Problem problem = new Problem(Problem.Code.ATTRIBUTE_REFUSED,
					Map.of("attribute", String.join(", ", names), "detail", failure.message()), true);
			int rules = read.needs().rules();
			Refused before = owned.position().refused();
			List<String> all = new ArrayList<>((before.rules() == rules) ? before.attributes() : List.of());
			all.addAll(names);
			abandon(owned, reading, problem, (position) -> position.withRefused(new Refused(rules, all)), null);
		}
		else if (believed != null && isSwitchedOff(owned, reading.resource(), failure, now)) {
			abandon(owned, reading, believed, UnaryOperator.identity(), RunMode.FULL);
			this.touch.run();
			// Whoever keeps the subscriptions learns of it too.
			this.ports.publications()
				.publish(List.of(new Hint.ConnectionTouched(owned.connection().source(), this.connection, now)));
		}
		else if (beginsAnew) {
			abandon(owned, reading, FailurePolicy.problem(failure), UnaryOperator.identity(), RunMode.FULL);
		}
	}

	/**
	 * A tenant goes on without what it may not read and has never read. That some
	 * permissions were granted and this one was not tells it from a consent that is not
	 * known everywhere yet; what was read before stays, as leaving it out would be the
	 * leaving of all its members.
	 */
	private boolean isSwitchedOff(OwnedConnection owned, Resource resource, Failure failure, Instant now) {
		Feature feature = Feature.of(resource);
		if (!feature.isOptional() || !owned.position().chain(resource).attributes().isEmpty()
				|| !(failure instanceof Failure.Denied denied) || denied.code() != Problem.Code.PERMISSION_MISSING) {
			return false;
		}
		Connection there = owned.connection();
		return this.ports.tenants().granted(there) instanceof Answer.Got<Set<Feature>>(Set<Feature> granted)
				&& granted.contains(Feature.PEOPLE) && !granted.contains(feature)
				&& this.ports.connections().replace(there, there.without(feature, now));
	}

	private void abandon(OwnedConnection owned, FullRun reading, Problem problem, UnaryOperator<Position> change,
			@Nullable RunMode successor) {
		this.runs.abandon(owned, reading.run(), problem, change, successor);
		end();
	}

}
