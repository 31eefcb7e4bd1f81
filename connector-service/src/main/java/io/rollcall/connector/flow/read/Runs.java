package io.rollcall.connector.flow.read;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.rollcall.connector.flow.Connection;
import io.rollcall.connector.flow.Ports;
import io.rollcall.connector.rules.SyncState.Ended;
import io.rollcall.connector.rules.SyncState.Position;
import io.rollcall.connector.rules.SyncState.Requested;
import io.rollcall.connector.rules.SyncState.Run;
import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.Observation.RunMarker;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Topics;
import io.rollcall.model.progress.Progress;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.RunMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The beginning and the end of FULL and DELTA runs. What is told is stored first, and
 * told again by whoever finds it stored: with the same ids.
 */
public final class Runs {

	private static final Logger log = LoggerFactory.getLogger(Runs.class);

	private static final Duration PROGRESS_EVERY = Duration.ofSeconds(1);

	private final Ports ports;

	private final Supplier<RunId> ids;

	private Instant progressAt = Instant.MIN;

	public Runs(Ports ports, Supplier<RunId> ids) {
		this.ports = ports;
		this.ids = ids;
	}

	/** A run begins; it is to be announced before anything is published of it. */
	public void begin(OwnedConnection owned, Requested why) {
		Run run = Run.begin(this.ids.get(), why, new Stamp(owned.nextSequence(), 0), owned.now());
		Requested heard = Objects.requireNonNullElse(owned.state().requested(), why);
		owned.saveHeard(owned.position().began(run), heard);
		log.info("Connection {}: {} run {} begins ({})", owned.connection().id(), run.mode(), run.id(), run.trigger());
	}

	/** Tells of a run that has begun. */
	public void announce(OwnedConnection owned, Run run) {
		Connection connection = owned.connection();
		this.ports.publications()
			.publish(run.id() + ":started", new Progress.ReadingStarted(connection.organization(), connection.id(),
					run.id(), run.mode(), run.trigger(), run.by(), run.startedAt(), run.at()));
	}

	/** The FULL run that has begun, nothing of it read yet. */
	public FullRun full(OwnedConnection owned, Run run) {
		return new FullRun(run, owned.selection(), this.ports);
	}

	/** Says now and then how far a run is; a FULL one is stored then. */
	public void progress(OwnedConnection owned, Run run) {
		Instant now = owned.now();
		if (this.progressAt.plus(PROGRESS_EVERY).isAfter(now)) {
			return;
		}
		this.progressAt = now;
		if (run.isFull()) {
			owned.save((position) -> position.withRun(run).read(now));
		}
		Connection connection = owned.connection();
		this.ports.publications()
			.publish(run.id() + ":" + run.counts().pages(), new Progress.ReadingProgressed(connection.organization(),
					connection.id(), run.id(), run.counts(), now));
	}

	/** A DELTA run has asked all chains. */
	public void endDelta(OwnedConnection owned, Run run) {
		mark(owned, run, false);
		owned.save((position) -> position.ended(run, null));
		tellEnd(owned);
	}

	/** A FULL run has read all. */
	public void endFull(OwnedConnection owned, FullRun full) {
		mark(owned, full.run(), false);
		owned.save((position) -> full.replaced(position).read(owned.now()).ended(full.run(), null));
		tellEnd(owned);
	}

	/**
	 * A run is cut off.
	 * @param change what else is to be stored with it
	 * @param successor the run that begins in its place, if one does
	 */
	public void abandon(OwnedConnection owned, Run run, Problem problem, UnaryOperator<Position> change,
			@Nullable RunMode successor) {
		log.warn("Connection {}: {} run {} is abandoned: {} {}", owned.connection().id(), run.mode(), run.id(),
				problem.code(), problem.parameters());
		announce(owned, run);
		mark(owned, run, true);
		Position ended = change.apply(owned.position()).ended(run, problem);
		if (successor != null) {
			owned.saveRequesting(ended, new Requested(successor, run.trigger(), run.by()));
		}
		else {
			owned.save((_) -> ended);
		}
		tellEnd(owned);
	}

	/** Tells of the end that is stored. */
	public void tellEnd(OwnedConnection owned) {
		Ended ended = owned.position().ended();
		if (ended == null) {
			return;
		}
		Connection connection = owned.connection();
		Run run = ended.run();
		List<ObjectKind> listed = (run.mode() == RunMode.FULL && ended.abandoned() == null)
				? List.of(ObjectKind.USER, ObjectKind.GROUP, ObjectKind.ADMINISTRATIVE_UNIT) : List.of();
		this.ports.publications()
			.publish(run.id() + ":ended", new Progress.ReadingEnded(connection.organization(), connection.id(),
					run.id(), run.counts(), listed, run.topics(), ended.abandoned(), owned.now()));
		owned.save(Position::told);
		log.info("Connection {}: {} run {} has {}: {}", connection.id(), run.mode(), run.id(),
				(ended.abandoned() != null) ? "been abandoned" : "read all", run.counts());
	}

	private void mark(OwnedConnection owned, Run run, boolean abandoned) {
		Connection connection = owned.connection();
		for (String topic : run.topics()) {
			List<RunMarker> markers = new ArrayList<>(Topics.PARTITIONS);
			for (int partition = 0; partition < Topics.PARTITIONS; partition++) {
				markers.add(new RunMarker(connection.organization(), connection.id(), partition, run.id(), run.mode(),
						RunPhase.READ, run.records(topic).get(partition), run.startedAt(), abandoned));
			}
			this.ports.publications().publish(topic, markers);
		}
	}

}
