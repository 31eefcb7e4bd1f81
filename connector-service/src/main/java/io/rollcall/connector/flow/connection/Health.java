package io.rollcall.connector.flow.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;

import io.rollcall.connector.flow.Announcements;
import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.FailurePolicy;
import io.rollcall.connector.flow.FailurePolicy.Reaction;
import io.rollcall.connector.flow.read.OwnedConnection;
import io.rollcall.connector.rules.Failure;
import io.rollcall.connector.rules.SyncState.Failing;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a connection can be read, and who knows of it: people are told once when it
 * fails or is not fresh, and once when it works again.
 */
final class Health {

	private static final Logger log = LoggerFactory.getLogger(Health.class);

	/** How long nothing may be read before people are told. */
	private static final Duration FRESHNESS = Duration.ofHours(1);

	private final Trouble trouble;

	private final Announcements announcements;

	private final FailurePolicy policy;

	private final DoubleSupplier jitter;

	Health(Trouble trouble, Announcements announcements, FailurePolicy policy, DoubleSupplier jitter) {
		this.trouble = trouble;
		this.announcements = announcements;
		this.policy = policy;
		this.jitter = jitter;
	}

	/** Rests as long as is reasonable, and tells people whom it concerns. */
	Reaction failed(OwnedConnection owned, String what, Failure failure, Instant now) {
		Connection connection = owned.connection();
		int failures = this.trouble.failed(what, failure, now);
		Reaction reaction = this.policy.judge(failure, failures, this.jitter.getAsDouble());
		Instant retryAt = now.plus(reaction.after());
		this.trouble.rest(what, failure.stopsAll(), retryAt);
		log.warn("Connection {}, {}: {}. Failure {} of its kind in a row, tried again in {}", connection.id(), what,
				failure.message(), failures, reaction.after());
		Problem problem = reaction.problem();
		Failing told = owned.position().failing();
		if (problem != null && !reaction.beginsAnew()
				&& (told == null || (problem.needsPerson() && told.problem().code() != problem.code()))) {
			this.announcements.publish(connection.id() + ":failing:" + now.toEpochMilli(),
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
		this.announcements.publish(connection.id() + ":freshness-lost:" + readAt.toEpochMilli(),
				new RunEvent.FreshnessLost(connection.organization(), connection.id(), readAt, problem, now));
		owned.save((position) -> position.withStale(true));
	}

	/** Something works; people who were told that it did not are told that. */
	void works(OwnedConnection owned, String what, boolean ended, Instant now) {
		Connection connection = owned.connection();
		this.trouble.works(what, ended, now);
		Failing told = owned.position().failing();
		if (told != null && (told.what().equals(what) || told.what().startsWith("object"))) {
			tellRecovered(owned, told, now);
		}
		if (owned.position().stale()) {
			this.announcements.publish(connection.id() + ":freshness-restored:" + now.toEpochMilli(),
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
		this.announcements.publish(connection.id() + ":recovered:" + told.at().toEpochMilli(),
				new RunEvent.ConnectionRecovered(connection.organization(), connection.id(), now));
		owned.save((position) -> position.withFailing(null));
	}

}
