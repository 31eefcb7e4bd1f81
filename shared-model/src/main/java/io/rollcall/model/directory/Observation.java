package io.rollcall.model.directory;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.AccountId;
import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.RunId;
import io.rollcall.model.Sequence;
import io.rollcall.model.SourceId;
import io.rollcall.model.Stamp;
import io.rollcall.model.TeamId;
import io.rollcall.model.event.Event;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.run.RunMode;
import org.jspecify.annotations.Nullable;

/**
 * What is applied to directory objects, on the topic of live reads or of snapshots:
 * readings of Graph, or what asks for a decision. All that concerns one object is on the
 * partition of its key {@code connection:object}, so one writer applies it in order.
 */
public sealed interface Observation extends Event {

	OrganizationId organization();

	ConnectionId connection();

	/** The key whose partition all records about an object are on. */
	static String keyOf(ConnectionId connection, ObjectId object) {
		return connection.value() + ":" + object.value();
	}

	/** A record about objects of one partition; it is published to that partition. */
	sealed interface OfPartition extends Observation {

		int partition();

		/** The run it belongs to; null for live reads and single requests. */
		@Nullable RunPart run();

		@Override
		default String key() {
			return connection().value() + ":" + partition();
		}

	}

	/**
	 * One page of Graph, as far as it concerns one partition.
	 *
	 * @param sequence of the request that gave the page
	 * @param selection the attributes that were asked for: one of them that a cell does
	 * not have is empty; null where no attributes were read
	 */
	record CellsObserved(OrganizationId organization, ConnectionId connection, SourceId source, Sequence sequence,
			int partition, @Nullable RunPart run, @Nullable List<String> selection,
			List<Cell> cells) implements OfPartition {

		/** The most cells in one record. */
		public static final int MOST_CELLS = 500;

		public CellsObserved {
			selection = (selection != null) ? List.copyOf(selection) : null;
			cells = List.copyOf(cells);
		}

		/** The stamp of one of its cells. */
		public Stamp stamp(Cell cell) {
			return new Stamp(this.sequence, cell.index());
		}

	}

	/**
	 * A FULL run ended without a page of these objects since it started. Applied to each
	 * only if that is still true.
	 */
	record ObjectsUnseen(OrganizationId organization, ConnectionId connection, int partition, RunPart run,
			List<ObjectId> objects) implements OfPartition {
	}

	/** Something that these objects' decisions read has changed: decide again. */
	record DecisionsRequested(OrganizationId organization, ConnectionId connection, int partition,
			@Nullable RunPart run, Why why, List<ObjectId> objects) implements OfPartition {

		/** What asks for it. */
		public enum Why {

			/** Rules were published, or a connection became active. */
			RULES,
			/** A container that they are in came, went or nests differently. */
			CONTAINER,
			/** An address that they want became free, or another wants theirs. */
			EMAIL,
			/**
			 * Whoever else wrote their account may have published an older state last.
			 */
			RESTATE

		}

	}

	/**
	 * Exactly these staged entries may go through; one that was staged anew meanwhile
	 * stays.
	 *
	 * @param run the run that releases; null for what live reads staged and the guard let
	 * through: those changes are told alone
	 * @param by the person who approved; null where the guard let them through
	 */
	record StagedReleased(OrganizationId organization, ConnectionId connection, int partition, @Nullable RunPart run,
			@Nullable String by, List<Entry> entries) implements OfPartition {

		/**
		 * One staged entry.
		 *
		 * @param object the directory object, or team source, under whose key it is
		 * @param id the account or team
		 * @param team the team to leave, of a membership
		 * @param revision the document's revision that staged it
		 */
		public record Entry(ObjectId object, String id, GuardedKind kind, @Nullable String team, long revision) {
		}

	}

	/**
	 * Accounts that the application had before, imported by a person. One of which the id
	 * is there was imported before.
	 */
	record AccountsImported(OrganizationId organization, ConnectionId connection, int partition, RunPart run, String by,
			List<Imported> accounts) implements OfPartition {

		public AccountsImported {
			accounts = List.copyOf(accounts);
		}

		/**
		 * One account.
		 *
		 * @param fields the display name and the address among them
		 * @param keys by which a directory user may find it, the address aside
		 */
		public record Imported(AccountId account, Map<String, String> fields, List<String> keys) {

			public Imported {
				fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
				keys = List.copyOf(keys);
			}

		}

	}

	/**
	 * The end of a phase of a run on one partition of a topic.
	 *
	 * @param records how many records of the phase went there
	 * @param abandoned whether the phase was cut off: then nothing follows from what was
	 * not sent
	 */
	record RunMarker(OrganizationId organization, ConnectionId connection, int partition, RunId id, RunMode mode,
			RunPhase phase, int records, Stamp startedAt, boolean abandoned) implements OfPartition {

		@Override
		public @Nullable RunPart run() {
			return null;
		}

	}

	/**
	 * A person's act on one directory user: never sync this user again, or sync it again.
	 */
	record IgnoreRequested(OrganizationId organization, ConnectionId connection, ObjectId object, boolean ignored,
			String by, Instant at) implements Observation {

		@Override
		public String key() {
			return keyOf(this.connection, this.object);
		}

	}

	/**
	 * A person gives an account a place in a team, another role there, or takes the place
	 * away. It is kept whatever the directory says, and ends with the team.
	 *
	 * @param connection with {@code object} the key of the account: its directory user;
	 * of an account without one the account's id
	 * @param role null to take the place away
	 * @param by null where the place only follows its team, which has another name or is
	 * gone
	 */
	record PlaceGiven(OrganizationId organization, ConnectionId connection, ObjectId object, AccountId account,
			TeamId team, @Nullable String role, @Nullable String by, Instant at) implements Observation {

		@Override
		public String key() {
			return keyOf(this.connection, this.object);
		}

	}

	/**
	 * A person gives an account a role in the organization, or takes it away.
	 *
	 * @param connection with {@code object} the key of the account, as of a place
	 * @param role null to take it away
	 */
	record RoleGiven(OrganizationId organization, ConnectionId connection, ObjectId object, AccountId account,
			@Nullable String role, String by, Instant at) implements Observation {

		@Override
		public String key() {
			return keyOf(this.connection, this.object);
		}

	}

	/**
	 * A person makes a team, renames or archives one that a person made, or brings it
	 * back: what the team is to be.
	 */
	record TeamShaped(OrganizationId organization, TeamId team, String name, boolean active, String by,
			Instant at) implements Observation {

		@Override
		public ConnectionId connection() {
			return ConnectionId.noneOf(this.organization);
		}

		@Override
		public String key() {
			return keyOf(connection(), new ObjectId(this.team.value()));
		}

	}

	/**
	 * A person's answer about an account whose directory user has left: it goes, or it
	 * stays. What goes by an answer comes back by another.
	 *
	 * @param revision the account's revision that put it before a person; one that was
	 * put there anew meanwhile waits for another answer
	 * @param removed whether it goes
	 */
	record RemovalAnswered(OrganizationId organization, ConnectionId connection, ObjectId object, AccountId account,
			long revision, boolean removed, String by, Instant at) implements Observation {

		@Override
		public String key() {
			return keyOf(this.connection, this.object);
		}

	}

	/**
	 * A person says which account a directory user has; the last word holds.
	 *
	 * @param account the account that it gets, or loses; of {@code CREATE} the one that
	 * it is not, which gives an address of somebody who is gone up, or null
	 */
	record MatchSettled(OrganizationId organization, ConnectionId connection, ObjectId object, How how,
			@Nullable AccountId account, String by, Instant at) implements Observation {

		@Override
		public String key() {
			return keyOf(this.connection, this.object);
		}

		/** Which account it is to be. */
		public enum How {

			/** This one, which belongs to nobody who is there. */
			LINK,
			/** One of its own, whatever matches. */
			CREATE,
			/** None, until a person says otherwise. */
			UNLINK

		}

	}

}
