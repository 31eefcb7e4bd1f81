package io.rollcall.connector.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.RunId;
import io.rollcall.model.Stamp;
import io.rollcall.model.event.Topics;
import io.rollcall.model.run.Problem;
import io.rollcall.model.run.ReadCounts;
import io.rollcall.model.run.RunMode;
import io.rollcall.model.run.RunTrigger;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a connection's reading: how far its owner has come, and what hints
 * have asked for.
 *
 * @param hinted what hints have added, which the owner never writes
 * @param requested a run that somebody wants
 */
public record SyncState(ConnectionId connection, long epoch, Position position, Map<Resource, Hinted> hinted,
		@Nullable Requested requested) {

	private static final Instant ORIGIN = Instant.parse("2026-01-01T00:00:00Z");

	public SyncState {
		hinted = Map.copyOf(hinted);
	}

	public Chain chain(Resource resource) {
		return this.position.chain(resource);
	}

	public Hinted hinted(Resource resource) {
		return this.hinted.getOrDefault(resource, Hinted.NEVER);
	}

	/** Whether hints came that no read has served. */
	public boolean isDirty(Resource resource) {
		return hinted(resource).count() > chain(resource).served();
	}

	/**
	 * The least epoch of an owner that begins now: the seconds since 2026 began, so that
	 * it is above any that a database restored from a backup has forgotten.
	 */
	public static long leastEpoch(Instant now) {
		return Duration.between(ORIGIN, now).toSeconds();
	}

	public SyncState at(Position newPosition) {
		return new SyncState(this.connection, this.epoch, newPosition, this.hinted, this.requested);
	}

	/**
	 * The hints for a chain.
	 *
	 * @param count how many there ever were
	 * @param at when the last one came
	 */
	public record Hinted(long count, @Nullable Instant at) {

		static final Hinted NEVER = new Hinted(0, null);

	}

	/** A run that somebody wants. */
	public record Requested(RunMode mode, RunTrigger trigger, @Nullable String by) {
	}

	/**
	 * A delta chain.
	 *
	 * @param deltaLink where the last read ended; null when the chain is lost or was
	 * never begun
	 * @param link the next page of a read that is under way
	 * @param attributes with which it was opened
	 * @param pages how many the read under way has had
	 * @param serving how many hints the read under way serves: those before its first
	 * request
	 * @param served how many hints have been served
	 * @param askedAt when its last read began
	 */
	public record Chain(@Nullable String deltaLink, @Nullable String link, List<String> attributes, int pages,
			long serving, long served, @Nullable Instant askedAt) {

		public static final Chain NONE = new Chain(null, null, List.of(), 0, 0, 0, null);

		public boolean isAlive() {
			return this.deltaLink != null;
		}

		/** Whether a read is in its middle. */
		public boolean isReading() {
			return this.link != null;
		}

		/** A read begins. */
		public Chain asked(long hints, Instant now) {
			return new Chain(this.deltaLink, null, this.attributes, 0, hints, this.served, now);
		}

		/** After a page of a read; exactly one of the links is there. */
		public Chain after(@Nullable String nextLink, @Nullable String newDeltaLink) {
			return (nextLink != null)
					? new Chain(this.deltaLink, nextLink, this.attributes, this.pages + 1, this.serving, this.served,
							this.askedAt)
					: new Chain(newDeltaLink, null, this.attributes, 0, this.serving, this.serving, this.askedAt);
		}

		/** A FULL run has opened a new one, which takes its place. */
		public Chain replaced(String newDeltaLink, List<String> newAttributes, Instant newAskedAt) {
			return new Chain(newDeltaLink, null, newAttributes, 0, this.served, this.served, newAskedAt);
		}

		public Chain lost() {
			return new Chain(null, null, this.attributes, 0, this.served, this.served, this.askedAt);
		}

	}

	/**
	 * A FULL or DELTA run that reads.
	 *
	 * @param left the chains that a DELTA run has still to ask
	 * @param observations how many of its records went to each partition of the topic of
	 * live reads
	 * @param snapshots the same of the topic of snapshots
	 */
	public record Run(RunId id, RunMode mode, RunTrigger trigger, @Nullable String by, Stamp startedAt, Instant at,
			List<Resource> left, ReadCounts counts, List<Integer> observations, List<Integer> snapshots) {

		public static Run begin(RunId id, Requested why, Stamp startedAt, Instant now) {
			List<Integer> none = Collections.nCopies(Topics.PARTITIONS, 0);
			return new Run(id, why.mode(), why.trigger(), why.by(), startedAt, now,
					(why.mode() == RunMode.DELTA) ? Resource.ALL : List.of(), ReadCounts.NONE, none, none);
		}

		public Run {
			left = List.copyOf(left);
			observations = List.copyOf(observations);
			snapshots = List.copyOf(snapshots);
		}

		public boolean isFull() {
			return this.mode == RunMode.FULL;
		}

		/** The records on a topic's partitions. */
		public List<Integer> records(String topic) {
			return topic.equals(Topics.SNAPSHOTS) ? this.snapshots : this.observations;
		}

		/** The topics whose partitions get its end. */
		public List<String> topics() {
			if (isFull()) {
				return List.of(Topics.SNAPSHOTS);
			}
			return this.snapshots.stream().anyMatch((records) -> records > 0)
					? List.of(Topics.OBSERVATIONS, Topics.SNAPSHOTS) : List.of(Topics.OBSERVATIONS);
		}

		/** One record more on a partition of a topic. */
		public Run sent(String topic, int partition) {
			List<Integer> more = new ArrayList<>(records(topic));
			more.set(partition, more.get(partition) + 1);
			return topic.equals(Topics.SNAPSHOTS) ? with(this.left, this.counts, this.observations, more)
					: with(this.left, this.counts, more, this.snapshots);
		}

		public Run counted(ReadCounts more) {
			return with(this.left, this.counts.plus(more), this.observations, this.snapshots);
		}

		/** A chain has been asked to its end. */
		public Run without(Resource resource) {
			return with(this.left.stream().filter((each) -> each != resource).toList(), this.counts, this.observations,
					this.snapshots);
		}

		private Run with(List<Resource> newLeft, ReadCounts newCounts, List<Integer> newObservations,
				List<Integer> newSnapshots) {
			return new Run(this.id, this.mode, this.trigger, this.by, this.startedAt, this.at, newLeft, newCounts,
					newObservations, newSnapshots);
		}

	}

	/**
	 * A run whose markers are out and whose end has not been told yet.
	 *
	 * @param abandoned why it was cut off, if it was
	 */
	public record Ended(Run run, @Nullable Problem abandoned) {
	}

	/**
	 * People were told that the connection cannot be read.
	 *
	 * @param what what has to work again
	 */
	public record Failing(String what, Problem problem, Instant at) {
	}

	/**
	 * What Graph refused to select.
	 *
	 * @param rules the version of the rules that need it
	 */
	public record Refused(int rules, List<String> attributes) {

		public static final Refused NOTHING = new Refused(0, List.of());

	}

	/**
	 * How far the owner has come.
	 *
	 * @param scheduledAt the time up to which the schedule was followed
	 * @param fullAt when the last FULL run began
	 * @param readAt when Graph last gave a page
	 * @param stale whether people were told that the tenant is not read
	 */
	public record Position(Chain units, Chain groups, Chain users, @Nullable Run run, @Nullable Ended ended,
			@Nullable Instant scheduledAt, @Nullable Instant fullAt, @Nullable Instant readAt, boolean stale,
			@Nullable Failing failing, Refused refused) {

		public static final Position START = new Position(Chain.NONE, Chain.NONE, Chain.NONE, null, null, null, null,
				null, false, null, Refused.NOTHING);

		public Chain chain(Resource resource) {
			return switch (resource) {
				case UNITS -> this.units;
				case GROUPS -> this.groups;
				case USERS -> this.users;
			};
		}

		/** Whether all chains can be asked. */
		public boolean isAlive() {
			return Resource.ALL.stream().allMatch((resource) -> chain(resource).isAlive());
		}

		public Position with(Resource resource, Chain chain) {
			return new Position((resource == Resource.UNITS) ? chain : this.units,
					(resource == Resource.GROUPS) ? chain : this.groups,
					(resource == Resource.USERS) ? chain : this.users, this.run, this.ended, this.scheduledAt,
					this.fullAt, this.readAt, this.stale, this.failing, this.refused);
		}

		public Position withRun(@Nullable Run newRun) {
			return new Position(this.units, this.groups, this.users, newRun, this.ended, this.scheduledAt, this.fullAt,
					this.readAt, this.stale, this.failing, this.refused);
		}

		/** A run begins; one that is scheduled, and a FULL one, remember when. */
		public Position began(Run newRun) {
			boolean scheduled = newRun.isFull() || newRun.trigger() == RunTrigger.SCHEDULE;
			return new Position(this.units, this.groups, this.users, newRun, null,
					scheduled ? newRun.at() : this.scheduledAt, newRun.isFull() ? newRun.at() : this.fullAt,
					this.readAt, this.stale, this.failing, this.refused);
		}

		/** The run has ended, and that is to be told. */
		public Position ended(Run newRun, @Nullable Problem abandoned) {
			return new Position(this.units, this.groups, this.users, null, new Ended(newRun, abandoned),
					this.scheduledAt, this.fullAt, this.readAt, this.stale, this.failing, this.refused);
		}

		public Position told() {
			return new Position(this.units, this.groups, this.users, this.run, null, this.scheduledAt, this.fullAt,
					this.readAt, this.stale, this.failing, this.refused);
		}

		public Position scheduled(Instant now) {
			return new Position(this.units, this.groups, this.users, this.run, this.ended, now, this.fullAt,
					this.readAt, this.stale, this.failing, this.refused);
		}

		public Position read(Instant now) {
			return new Position(this.units, this.groups, this.users, this.run, this.ended, this.scheduledAt,
					this.fullAt, now, this.stale, this.failing, this.refused);
		}

		public Position withStale(boolean nowStale) {
			return new Position(this.units, this.groups, this.users, this.run, this.ended, this.scheduledAt,
					this.fullAt, this.readAt, nowStale, this.failing, this.refused);
		}

		public Position withFailing(@Nullable Failing newFailing) {
			return new Position(this.units, this.groups, this.users, this.run, this.ended, this.scheduledAt,
					this.fullAt, this.readAt, this.stale, newFailing, this.refused);
		}

		public Position withRefused(Refused newRefused) {
			return new Position(this.units, this.groups, this.users, this.run, this.ended, this.scheduledAt,
					this.fullAt, this.readAt, this.stale, this.failing, newRefused);
		}

	}

}
