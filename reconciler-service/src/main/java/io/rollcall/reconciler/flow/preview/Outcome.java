package io.rollcall.reconciler.flow.preview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.flow.coordinate.StagedEntries;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Changes;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Team;
import org.jspecify.annotations.Nullable;

/**
 * What an account or a team would become. Two steps, as the guard may stop in between:
 * what is changed at once, and what only when a person approves what would be held.
 */
public sealed interface Outcome {

	/** Where it is stored among the others of its preview. */
	String id();

	String name();

	/** The directory object that it belongs to, or is made of. */
	@Nullable ObjectId object();

	/** What would be changed at once; null when nothing that people see is. */
	@Nullable Change change();

	/** What would be changed when all that is held was approved; null for nothing. */
	@Nullable Change afterApproval();

	@Nullable ConnectionId connection();

	/** What the preview staged of it, and was not let go yet. */
	List<StagedReleased.Entry> staged();

	/** What it would lose in the end, as {@link StagedEntries#loss} says it. */
	List<String> losses();

	/** What it counts as: a kind for each part of its changes. */
	default Set<Tally.Kind> kinds() {
		Set<Tally.Kind> kinds = new TreeSet<>();
		Change change = change();
		Change afterApproval = afterApproval();
		if (change != null) {
			kinds.addAll(Tally.of(change).counts().keySet());
		}
		if (afterApproval != null) {
			kinds.addAll(Tally.of(afterApproval).counts().keySet());
		}
		return kinds;
	}

	/**
	 * An account's.
	 *
	 * @param before as it is; null when there is none yet
	 * @param atOnce as it would be before anybody approves; null where approval changes
	 * nothing
	 * @param after as it would be in the end
	 * @param given why it would leave, or would not be held any more
	 */
	record OfAccount(@Nullable Account before, @Nullable Account atOnce, Account after,
			Reason given) implements Outcome {

		@Override
		public String id() {
			return idOf(this.after);
		}

		static String idOf(Account account) {
			return "account:" + account.id();
		}

		@Override
		public String name() {
			return this.after.name();
		}

		@Override
		public @Nullable ObjectId object() {
			return (this.after.object() != null) ? this.after.object().object() : null;
		}

		@Override
		public @Nullable ConnectionId connection() {
			return (this.after.object() != null) ? this.after.object().connection() : null;
		}

		@Override
		public @Nullable Change change() {
			return between(first(), (this.atOnce != null) ? this.atOnce : this.after);
		}

		@Override
		public @Nullable Change afterApproval() {
			return (this.atOnce != null) ? between(this.atOnce, this.after) : null;
		}

		private Account first() {
			ObjectKey object = this.after.object();
			if (this.before != null || object == null) {
				return (this.before != null) ? this.before : this.after;
			}
			return Account.unborn(this.after.organization(), this.after.id(), object);
		}

		private @Nullable Change between(Account one, Account other) {
			return changes(other.key().connection()).of(one, other, this.given);
		}

		/** Whom the directory user of an account in use reports to. */
		public static @Nullable ObjectKey managerOf(Account account) {
			ObjectKey object = account.object();
			return (object != null && account.manager() != null) ? new ObjectKey(object.connection(), account.manager())
					: null;
		}

		/** It is changed once more. */
		OfAccount then(Account next, Reason reason, boolean approved) {
			return new OfAccount(this.before, !approved ? null : (this.atOnce != null) ? this.atOnce : this.after, next,
					reason);
		}

		@Override
		public List<String> losses() {
			if (this.before == null) {
				return List.of();
			}
			List<String> losses = new ArrayList<>(0);
			if (this.before.status() == Status.ACTIVE && this.after.status() != Status.ACTIVE) {
				losses.add(StagedEntries.loss(GuardedKind.ACCOUNTS, null));
			}
			Set<TeamId> stays = new HashSet<>();
			this.after.memberships().forEach((member) -> stays.add(member.team()));
			this.before.memberships()
				.stream()
				.filter((member) -> !stays.contains(member.team()))
				.forEach((member) -> losses.add(StagedEntries.loss(GuardedKind.MEMBERSHIPS, member.team().value())));
			if (this.after.emailKey() != null && !this.after.emailKey().equals(this.before.emailKey())) {
				losses.add(StagedEntries.loss(GuardedKind.ADDRESSES, this.after.emailKey()));
			}
			Account.Address address = this.after.staged().address();
			if (address != null) {
				// It may have the address, and another account still has it.
				losses.add(StagedEntries.loss(GuardedKind.ADDRESSES, address.key()));
			}
			return losses;
		}

		@Override
		public List<StagedReleased.Entry> staged() {
			ObjectKey object = this.after.object();
			if (object == null) {
				return List.of();
			}
			long known = (this.before != null) ? this.before.revision() : 0;
			String id = this.after.id().value();
			List<StagedReleased.Entry> entries = new ArrayList<>(0);
			Account.Leaving leaving = this.after.staged().leaving();
			if (leaving != null && leaving.state() == Account.Leaving.State.GUARDED && leaving.revision() > known) {
				entries
					.add(new StagedReleased.Entry(object.object(), id, GuardedKind.ACCOUNTS, null, leaving.revision()));
			}
			for (Account.Removal removal : this.after.staged().removals()) {
				if (removal.revision() > known) {
					entries.add(new StagedReleased.Entry(object.object(), id, GuardedKind.MEMBERSHIPS,
							removal.team().value(), removal.revision()));
				}
			}
			Account.Address address = this.after.staged().address();
			if (address != null && !address.released() && address.revision() > known) {
				entries.add(
						new StagedReleased.Entry(object.object(), id, GuardedKind.ADDRESSES, null, address.revision()));
			}
			return entries;
		}

	}

	/**
	 * A team's.
	 *
	 * @param before as it is; null when there is none yet
	 * @param atOnce as it would be before anybody approves; null where approval changes
	 * nothing
	 * @param after as it would be in the end
	 */
	record OfTeam(@Nullable Team before, @Nullable Team atOnce, Team after) implements Outcome {

		@Override
		public String id() {
			return idOf(this.after);
		}

		static String idOf(Team team) {
			return "team:" + team.id();
		}

		@Override
		public String name() {
			return this.after.name();
		}

		@Override
		public @Nullable ObjectId object() {
			return (this.after.source() != null) ? this.after.source().object() : null;
		}

		@Override
		public @Nullable ConnectionId connection() {
			return this.after.connection();
		}

		@Override
		public @Nullable Change change() {
			Team then = (this.atOnce != null) ? this.atOnce : this.after;
			return between((this.before != null) ? this.before : then.as(0, 0), then);
		}

		@Override
		public @Nullable Change afterApproval() {
			return (this.atOnce != null) ? between(this.atOnce, this.after) : null;
		}

		private static @Nullable Change between(Team one, Team other) {
			ConnectionId connection = other.connection();
			return (connection != null) ? changes(connection).of(one, other) : null;
		}

		/** It is changed once more. */
		OfTeam then(Team next, boolean approved) {
			return new OfTeam(this.before, !approved ? null : (this.atOnce != null) ? this.atOnce : this.after, next);
		}

		@Override
		public List<String> losses() {
			return (this.before != null && this.before.status() == Status.ACTIVE
					&& this.after.status() != Status.ACTIVE) ? List.of(StagedEntries.loss(GuardedKind.TEAMS, null))
							: List.of();
		}

		@Override
		public List<StagedReleased.Entry> staged() {
			Team.Archival archival = this.after.staged();
			long known = (this.before != null) ? this.before.revision() : 0;
			if (archival == null || archival.revision() <= known || this.after.source() == null) {
				return List.of();
			}
			return List.of(new StagedReleased.Entry(this.after.source().object(), this.after.id().value(),
					GuardedKind.TEAMS, null, archival.revision()));
		}

	}

	private static Changes changes(ConnectionId connection) {
		return new Changes(connection, null, null, Instant.EPOCH);
	}

}
