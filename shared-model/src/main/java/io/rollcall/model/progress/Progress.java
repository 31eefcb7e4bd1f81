package io.rollcall.model.progress;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.RunId;
import io.rollcall.model.SourceId;
import io.rollcall.model.Stamp;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.directory.RunPhase;
import io.rollcall.model.event.Event;
import io.rollcall.model.run.ConnectionStatus;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.jspecify.annotations.Nullable;

/** What the coordinator of a connection is told. */
public sealed interface Progress extends Event {

	OrganizationId organization();

	ConnectionId connection();

	@Override
	default String key() {
		return connection().value();
	}

	/** From the connector: a connection's settings or status, as they are now. */
	record ConnectionChanged(OrganizationId organization, ConnectionId connection, SourceId source,
			ConnectionStatus status, String name, Instant at) implements Progress {
	}

	/** From the connector: a FULL or DELTA run began to read. */
	record ReadingStarted(OrganizationId organization, ConnectionId connection, RunId run, RunMode mode,
			RunTrigger trigger, @Nullable String by, Stamp startedAt, Instant at) implements Progress {
	}

	/** From the connector: what the run has read until now; at most one a second. */
	record ReadingProgressed(OrganizationId organization, ConnectionId connection, RunId run, ReadCounts read,
			Instant at) implements Progress {
	}

	/**
	 * From the connector: the run has read all, or was cut off; its markers were
	 * published before.
	 *
	 * @param listed the kinds of which a FULL run has read every object; empty for others
	 * @param topics the topics whose partitions have its markers
	 * @param abandoned why it was cut off; null when it read all
	 */
	record ReadingEnded(OrganizationId organization, ConnectionId connection, RunId run, ReadCounts read,
			List<ObjectKind> listed, List<String> topics, @Nullable Problem abandoned, Instant at) implements Progress {
	}

	/**
	 * From apply: records of a run's phase were applied, and what they changed was told.
	 *
	 * @param from the number of the first of them on their topic partition
	 * @param to the number of the last
	 */
	record RecordsApplied(OrganizationId organization, ConnectionId connection, RunId run, RunMode mode, RunPhase phase,
			String topic, int partition, int from, int to, Tally changed) implements Progress {
	}

	/** From apply: the marker of a run's phase was reached on a partition of a topic. */
	record PhaseEndReached(OrganizationId organization, ConnectionId connection, RunId run, RunMode mode,
			RunPhase phase, String topic, int partition, int records, Stamp startedAt) implements Progress {
	}

	/** From apply: what is to go was staged and waits for the guard. */
	record Staged(OrganizationId organization, ConnectionId connection, @Nullable RunId run,
			List<Entry> entries) implements Progress {

		/**
		 * One staged entry.
		 *
		 * @param object the directory object, or team source, under whose key it is
		 * @param id the account or team
		 * @param team the team to leave, of a membership
		 * @param name of the account or team, for people
		 * @param revision the document's revision that staged it
		 */
		public record Entry(ObjectId object, String id, GuardedKind kind, @Nullable String team, String name,
				Reason reason, long revision) {
		}

	}

	/**
	 * From apply: containers came, went or are in other containers now, or were missing
	 * when somebody in them was decided; whom that concerns must be decided.
	 */
	record ContainersChanged(OrganizationId organization, ConnectionId connection, @Nullable RunId run,
			List<Container> containers) implements Progress {

		/** A container, by what it is and its id. */
		public record Container(ContainerKind kind, ObjectId object) {
		}

	}

	/**
	 * From apply: an account that another object had written less than a minute ago
	 * changed its writer; its state is to be published once more.
	 */
	record WriterChanged(OrganizationId organization, ConnectionId connection, ObjectId object,
			Instant at) implements Progress {
	}

	/** From apply: what the connection sends cannot be applied and is passed over. */
	record SettingAside(OrganizationId organization, ConnectionId connection, Problem problem,
			Instant at) implements Progress {
	}

	/**
	 * From a person: rules were published.
	 *
	 * @param preview that showed what they do: who leaves there need not be asked about
	 * again; null where none was looked at
	 */
	record RulesChanged(OrganizationId organization, ConnectionId connection, int version, String by,
			@Nullable String preview, Instant at) implements Progress {
	}

	/**
	 * From a person: everybody is decided again, as accounts have drifted from the rules.
	 *
	 * @param preview that found them
	 */
	record RepairRequested(OrganizationId organization, ConnectionId connection, String preview, String by,
			Instant at) implements Progress {
	}

	/**
	 * From a person: exactly the held set with this hash is approved or rejected.
	 *
	 * @param only the accounts and teams of it that are approved, where not all are: the
	 * others are a held set of their own then; null for all
	 */
	record HeldSetJudged(OrganizationId organization, ConnectionId connection, String hash, boolean approved,
			@Nullable List<String> only, String by, Instant at) implements Progress {
	}

}
