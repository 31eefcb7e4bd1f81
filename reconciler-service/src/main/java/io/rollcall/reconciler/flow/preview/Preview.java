package io.rollcall.reconciler.flow.preview;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.change.Tally;
import io.rollcall.model.run.GuardedKind;
import org.jspecify.annotations.Nullable;

/**
 * What some rules would do to everybody, as it is stored and as people look at it.
 *
 * @param of the rules that are tried
 * @param version of the draft or of the rules
 * @param by who asked for it
 * @param decided how many objects were decided until now
 * @param total how many there are
 * @param changed how many accounts and teams would be changed
 * @param changes what would be changed at once, by kind: each account and team counts
 * with what would differ in the end, however many steps lead there
 * @param afterApproval what would be changed when all that would be held was approved
 * @param guard what the guard would say
 * @param unread how many people lack an attribute that the rules read, as it was never
 * read: a FULL run brings it
 * @param problem why it failed, for operators
 * @param touchedAt when it was seen to go on
 * @param endedAt when it ended, in whatever way
 */
public record Preview(String id, OrganizationId organization, ConnectionId connection, Of of, int version, String by,
		Instant startedAt, Status status, long decided, long total, long changed, Map<Tally.Kind, Long> changes,
		Map<Tally.Kind, Long> afterApproval, List<Guarded> guard, Map<String, Long> unread, @Nullable String problem,
		Instant touchedAt, @Nullable Instant endedAt) {

	/** What is not heard of for so long was lost with its process. */
	static final Duration LOST_AFTER = Duration.ofMinutes(1);

	static Preview begun(String id, OrganizationId organization, ConnectionId connection, Of of, int version, String by,
			Instant at) {
		return new Preview(id, organization, connection, of, version, by, at, Status.WAITING, 0, 0, 0, Map.of(),
				Map.of(), List.of(), Map.of(), null, at, null);
	}

	boolean isOpen() {
		return this.status == Status.WAITING || this.status == Status.RUNNING;
	}

	/** The same as it is to be seen at a time. */
	Preview at(Instant now) {
		return (isOpen() && this.touchedAt.plus(LOST_AFTER).isBefore(now)) ? ended(Status.LOST, null, this.touchedAt)
				: this;
	}

	Preview touched(Instant at) {
		return new Preview(this.id, this.organization, this.connection, this.of, this.version, this.by, this.startedAt,
				this.status, this.decided, this.total, this.changed, this.changes, this.afterApproval, this.guard,
				this.unread, this.problem, at, this.endedAt);
	}

	/** It goes on; what the dry run found is copied, as it goes on too. */
	Preview running(long done, long all, DryRun found, List<Guarded> said, Instant at) {
		return new Preview(this.id, this.organization, this.connection, this.of, this.version, this.by, this.startedAt,
				Status.RUNNING, done, all, found.changed(), found.changes().counts(), found.afterApproval().counts(),
				List.copyOf(said), Map.copyOf(found.unread()), null, at, null);
	}

	Preview ended(Status how, @Nullable String why, Instant at) {
		return new Preview(this.id, this.organization, this.connection, this.of, this.version, this.by, this.startedAt,
				how, this.decided, this.total, this.changed, this.changes, this.afterApproval, this.guard, this.unread,
				why, at, at);
	}

	/** Which rules are tried. */
	public enum Of {

		/** The connection's draft. */
		DRAFT,
		/** A version that was published before. */
		VERSION,
		/**
		 * The rules that hold: what they would change is what accounts have drifted from
		 * them.
		 */
		LIVE

	}

	/** How far it is. */
	public enum Status {

		/** Others are before it. */
		WAITING, RUNNING, COMPLETED,
		/** A person took it back, or began another one. */
		CANCELLED, FAILED,
		/** Its process went away: begin another one. */
		LOST

	}

	/**
	 * What the guard would say about what is staged of a kind.
	 *
	 * @param count how many would be staged
	 * @param total how many the connection would have; 0 where nobody has to count
	 * @param limit how many may go within 24 hours
	 * @param held whether a person would be asked
	 */
	public record Guarded(GuardedKind kind, long count, long total, long limit, boolean held) {
	}

}
