package io.rollcall.reconciler.flow.preview;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.rollcall.model.ConnectionId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.Reason;
import io.rollcall.model.change.Change;
import io.rollcall.model.change.Tally;
import io.rollcall.model.directory.Observation.StagedReleased;
import io.rollcall.model.run.GuardedKind;
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

	/**
	 * What it would lose, at any step on the way, as {@link StagedEntries#loss} says it.
	 */
	Set<String> losses();

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
	 * @param losses all that was staged of it on the way
	 */
	record OfAccount(@Nullable Account before, @Nullable Account atOnce, Account after, Reason given,
			Set<String> losses) implements Outcome {

		static OfAccount first(@Nullable Account before, @Nullable Account atOnce, Account after, Reason given) {
			return new OfAccount(before, atOnce, after, given, lossesOf(before, after));
		}

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
			Set<String> both = new TreeSet<>(this.losses);
			both.addAll(lossesOf(this.before, next));
			return new OfAccount(this.before, !approved ? null : (this.atOnce != null) ? this.atOnce : this.after, next,
					reason, both);
		}

		/** What is staged already waits for somebody else. */
		private static Set<String> lossesOf(@Nullable Account before, Account after) {
			long known = (before != null) ? before.revision() : 0;
			Set<String> losses = new TreeSet<>();
			Account.Leaving leaving = after.staged().leaving();
			if (leaving != null && leaving.state() == Account.Leaving.State.GUARDED && leaving.revision() > known) {
				losses.add(StagedEntries.loss(GuardedKind.ACCOUNTS, null));
			}
			after.staged()
				.removals()
				.stream()
				.filter((removal) -> removal.revision() > known)
				.forEach((removal) -> losses.add(StagedEntries.loss(GuardedKind.MEMBERSHIPS, removal.team().value())));
			Account.Address address = after.staged().address();
			if (address != null && address.revision() > known) {
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
	 * @param losses all that was staged of it on the way
	 */
	record OfTeam(@Nullable Team before, @Nullable Team atOnce, Team after, Set<String> losses) implements Outcome {

		static OfTeam first(@Nullable Team before, @Nullable Team atOnce, Team after) {
			return new OfTeam(before, atOnce, after, lossesOf(before, after));
		}

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
			Set<String> both = new TreeSet<>(this.losses);
			both.addAll(lossesOf(this.before, next));
			return new OfTeam(this.before, !approved ? null : (this.atOnce != null) ? this.atOnce : this.after, next,
					both);
		}

		private static Set<String> lossesOf(@Nullable Team before, Team after) {
			Team.Archival archival = after.staged();
			long known = (before != null) ? before.revision() : 0;
			return (archival != null && archival.revision() > known)
					? Set.of(StagedEntries.loss(GuardedKind.TEAMS, null)) : Set.of();
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
