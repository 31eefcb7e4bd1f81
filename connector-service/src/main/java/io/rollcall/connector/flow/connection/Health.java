package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.FailurePolicy;
import io.rollcall.connector.flow.FailurePolicy.Reaction;
import io.rollcall.connector.flow.Publications;
import io.rollcall.connector.flow.read.OwnedConnection;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.SyncState.Failing;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a connection can be read, and who knows of it: what rests after failures, and
 * until when (in memory, as a new owner may well try at once); people are told once when
 * it fails or is not fresh, and once when it works again.
 */
final class Health {

	/** What asks for single objects by their ids. */
	static final String OBJECTS = "objects";

	/** A FULL run. */
	static final String FULL = "FULL";

	private static final Logger log = LoggerFactory.getLogger(Health.class);

	/** How long nothing may be read before people are told. */
	private static final Duration FRESHNESS = Duration.ofHours(1);

	private final Publications publications;

	private final ConnectorFlow flow;

	private final Map<String, Resting> resting = new HashMap<>();

	private Instant graph = Instant.MIN;

	/**
	 * What rests. Kinds of failures are counted apart: two that pass say nothing about
	 * the next one, which may need a person.
	 */
	private record Resting(Map<Class<?>, Integer> failures, Instant since, Instant until) {
	}

	Health(ConnectorFlow flow) {
		this.publications = flow.ports().publications();
		this.flow = flow;
	}

	/** When something may be tried again. */
	Instant until(String what) {
		Resting there = this.resting.get(what);
		return (there != null && there.until().isAfter(this.graph)) ? there.until() : this.graph;
	}

	boolean rests(String what, Instant now) {
		return until(what).isAfter(now);
	}

	/** Until when nothing is asked of Graph. */
	Instant graph() {
		return this.graph;
	}

	/** Since when something fails; now if nothing does. */
	Instant since(Instant now) {
		return this.resting.values().stream().map(Resting::since).min(Instant::compareTo).orElse(now);
	}

	/** Somebody has done something about it: all is tried at once. */
	void forget() {
		this.resting.clear();
		this.graph = Instant.MIN;
	}

	/** Rests as long as is reasonable, and tells people whom it concerns. */
	Reaction failed(OwnedConnection owned, String what, Failure failure, Instant now) {
		Connection connection = owned.connection();
		Resting before = this.resting.getOrDefault(what, new Resting(Map.of(), now, now));
		Map<Class<?>, Integer> counts = new HashMap<>(before.failures());
		int failures = counts.merge(failure.getClass(), 1, Integer::sum);
		Reaction reaction = this.flow.timing()
			.policy()
			.judge(failure, failures, this.flow.chance().jitter().getAsDouble());
		Instant retryAt = now.plus(reaction.after());
		this.resting.put(what, new Resting(counts, before.since(), retryAt));
		if (failure.stopsAll()) {
			this.graph = retryAt;
		}
		log.warn("Connection {}, {}: {}. Failure {} of its kind in a row, tried again in {}", connection.id(), what,
				failure.message(), failures, reaction.after());
		Problem problem = reaction.problem();
		Failing told = owned.position().failing();
		if (problem != null && !reaction.beginsAnew()
				&& (told == null || (problem.needsPerson() && told.problem().code() != problem.code()))) {
			this.publications.publish(connection.id() + ":failing:" + now.toEpochMilli(),
					new RunEvent.ConnectionFailing(connection.organization(), connection.id(), problem, retryAt, now));
			owned.save((position) -> position.withFailing(new Failing(what, problem, now)));
		}
		tellIfStale(owned, FailurePolicy.problem(failure), now);
		return reaction;
	}

	private void tellIfStale(OwnedConnection owned, Problem problem, Instant now) {
		Connection connection = owned.connection();
		Instant read = owned.position().readAt();
		Instant readAt = (read != null) ? read : connection.statusAt();
		if (owned.position().stale() || readAt.plus(FRESHNESS).isAfter(now)) {
			return;
		}
		this.publications.publish(connection.id() + ":freshness-lost:" + readAt.toEpochMilli(),
				new RunEvent.FreshnessLost(connection.organization(), connection.id(), readAt, problem, now));
		owned.save((position) -> position.withStale(true));
	}

	/**
	 * Something works; people who were told that it did not are told that. That a chain
	 * was lost is only made up for by a run that ends: a new chain gives pages too, until
	 * it is lost again.
	 */
	void works(OwnedConnection owned, String what, boolean ended, Instant now) {
		Connection connection = owned.connection();
		Resting before = this.resting.remove(what);
		Integer lost = (before != null) ? before.failures().get(Failure.LinkExpired.class) : null;
		if (!ended && lost != null) {
			this.resting.put(what, new Resting(Map.of(Failure.LinkExpired.class, lost), now, Instant.MIN));
		}
		Failing told = owned.position().failing();
		if (told != null && (told.what().equals(what) || told.what().equals(OBJECTS))) {
			tellRecovered(owned, told, now);
		}
		if (owned.position().stale() && !what.equals(OBJECTS)) {
			this.publications.publish(connection.id() + ":freshness-restored:" + now.toEpochMilli(),
					new RunEvent.FreshnessRestored(connection.organization(), connection.id(), now));
			owned.save((position) -> position.withStale(false));
		}
	}

	/**
	 * Something is not wanted any more and so will never work; other things that have
	 * worked since show that the connection does.
	 */
	void dropped(OwnedConnection owned, String what, Instant now) {
		Failing told = owned.position().failing();
		Instant read = owned.position().readAt();
		if (told != null && told.what().equals(what) && read != null && read.isAfter(told.at())) {
			tellRecovered(owned, told, now);
		}
	}

	private void tellRecovered(OwnedConnection owned, Failing told, Instant now) {
		Connection connection = owned.connection();
		this.publications.publish(connection.id() + ":recovered:" + told.at().toEpochMilli(),
				new RunEvent.ConnectionRecovered(connection.organization(), connection.id(), now));
		owned.save((position) -> position.withFailing(null));
	}

}
