package io.rollcall.model.directory;

import java.time.Instant;
import java.util.List;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.TeamId;
import io.rollcall.model.event.Event;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.jspecify.annotations.Nullable;

/**
 * A record under a directory object's key: a reading of the object or of one of its
 * edges, or something that asks the object's owner to act. All records of one object are
 * applied in order by one writer.
 */
public sealed interface Observation extends Event {

	OrganizationId organization();

	ConnectionId connection();

	/** A record about one directory object. */
	sealed interface OfObject extends Observation {

		ObjectId object();

		@Override
		default String key() {
			return connection() + ":" + object();
		}

	}

	/** A reading of Graph, ordered against others of its cell by its stamp. */
	sealed interface Reading extends OfObject {

		/**
		 * The run that read it; the observation's {@code ce_id} is
		 * {@code connection:sequence:index}.
		 */
		RunId run();

		Stamp stamp();

	}

	/**
	 * An object's attributes, whole.
	 *
	 * @param selection the version of the {@code $select} they were read with
	 */
	record ObjectObserved(OrganizationId organization, ConnectionId connection, ObjectId object, ObjectKind kind,
			RunId run, Stamp stamp, int selection, Attributes attributes) implements Reading {
	}

	/** An object that Graph reports as gone. */
	record ObjectRemoved(OrganizationId organization, ConnectionId connection, ObjectId object, ObjectKind kind,
			RunId run, Stamp stamp, Removal reason) implements Reading {
	}

	/**
	 * One membership, under the member's key. A member that left says nothing about the
	 * member itself.
	 *
	 * @param object the member
	 * @param kind what the member is
	 */
	record MembershipObserved(OrganizationId organization, ConnectionId connection, ObjectId object, ObjectKind kind,
			RunId run, Stamp stamp, ObjectId container, ObjectKind containerKind, boolean present) implements Reading {
	}

	/** A user's manager, or null when the manager was taken away. */
	record ManagerObserved(OrganizationId organization, ConnectionId connection, ObjectId object, RunId run,
			Stamp stamp, @Nullable ObjectId manager) implements Reading {
	}

	/**
	 * A FULL run ended without having seen this object, or one of its memberships, since
	 * it started. Applied only if that is still true.
	 *
	 * @param startedAt the stamp the run started with
	 */
	record ObjectUnseen(OrganizationId organization, ConnectionId connection, ObjectId object, RunId run,
			Stamp startedAt) implements OfObject {
	}

	/** Something that this object's decision reads has changed: decide again. */
	record DecideRequested(OrganizationId organization, ConnectionId connection, ObjectId object, String reason,
			@Nullable RunId run) implements OfObject {
	}

	/**
	 * The guard let a staged leaver or staged membership removals through: apply what is
	 * staged with this batch.
	 */
	record StagedReleased(OrganizationId organization, ConnectionId connection, ObjectId object, RunId run,
			String batch) implements OfObject {
	}

	/**
	 * A person's act on one directory user: never sync this user again, or sync it again.
	 */
	record IgnoreRequested(OrganizationId organization, ConnectionId connection, ObjectId object, boolean ignored,
			String by, Instant at, String command) implements OfObject {
	}

	/**
	 * A person's act on an account's hand-given team membership; a null role takes it
	 * away.
	 */
	record ManualMemberRequested(OrganizationId organization, ConnectionId connection, ObjectId object,
			AccountId account, TeamId team, @Nullable String role, String by, Instant at,
			String command) implements OfObject {
	}

	/**
	 * The end of a phase of a run, one record on each partition that the phase touched,
	 * each naming them all.
	 *
	 * @param phase what ended
	 * @param partition the partition that this record is on
	 * @param partitions every partition that has such a record; ascending
	 * @param startedAt the stamp the run started with
	 */
	record RunMarker(OrganizationId organization, ConnectionId connection, RunId run, RunMode mode, RunTrigger trigger,
			Phase phase, int partition, List<Integer> partitions, Stamp startedAt,
			ReadCounts counts) implements Observation {

		public RunMarker {
			partitions = List.copyOf(partitions);
		}

		@Override
		public String key() {
			return connection() + ":" + run();
		}

		/** The phases that end with markers, in order. */
		public enum Phase {

			/** Everything the run read has been published. */
			READ,
			/**
			 * Everything that follows from the reading has been published: what a FULL
			 * run did not see, and decisions about the members of changed groups.
			 */
			SWEPT,
			/** Everything the guard let through has been published. */
			RELEASED

		}

	}

	/**
	 * A long step of a run (sweep, evaluation, release) goes on from its stored cursor:
	 * one chunk a record.
	 */
	record RunContinued(OrganizationId organization, ConnectionId connection, RunId run, String step,
			long chunk) implements Observation {

		@Override
		public String key() {
			return connection() + ":" + run();
		}

	}

	/** A person approved or rejected exactly the held set with this hash. */
	record HeldSetJudged(OrganizationId organization, ConnectionId connection, RunId run, String hash, boolean approved,
			String by, Instant at) implements Observation {

		@Override
		public String key() {
			return connection() + ":" + run();
		}

	}

}
