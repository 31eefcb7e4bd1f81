package io.rollcall.reconciler.flow.apply;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.directory.Observation;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.AccountChanges;
import io.rollcall.reconciler.rules.ByHand;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Team;
import org.jspecify.annotations.Nullable;

/**
 * People's acts on places, roles and teams. They are done whatever a connection's status
 * is, and before their object is decided; each account and team knows the last that it
 * obeyed.
 */
final class Obey {

	private Obey() {
	}

	/** What an act has to look at. */
	static void wantedBy(Observation act, DecisionInputs.Wanted wanted) {
		switch (act) {
			case Observation.PlaceGiven given -> {
				add(wanted.accounts(), given.organization(), given.account());
				add(wanted.teams(), given.organization(), given.team());
			}
			case Observation.RoleGiven given -> {
				add(wanted.accounts(), given.organization(), given.account());
				wanted.owners().add(given.organization());
			}
			case Observation.TeamShaped shaped -> add(wanted.teams(), shaped.organization(), shaped.team());
			default -> {
			}
		}
	}

	/** Does an act, unless it was done before. */
	static void act(Batch.Entry act, Work.OfObject object, KnownAccounts known, KnownTeams teams) {
		switch (act.observation()) {
			case Observation.PlaceGiven given -> {
				Account account = account(object, known, given.account(), act);
				StoredTeam team = teams.find(given.team());
				if (account != null && given.role() == null) {
					known.obeyed(object, act, new AccountChanges.Decided(ByHand.takePlace(account, given.team()),
							ByHand.whyTaken(given.by() != null)));
				}
				else if (account != null && team != null && team.team().status() == Status.ACTIVE) {
					String role = String.valueOf(given.role());
					known.obeyed(object, act,
							new AccountChanges.Decided((given.by() != null) ? ByHand.place(account, team.team(), role)
									: ByHand.rename(account, team.team()), Reason.of(Reason.Code.BY_HAND)));
				}
			}
			case Observation.RoleGiven given -> {
				Account account = account(object, known, given.account(), act);
				if (account != null && mayHave(account, given.role(), known)) {
					known.obeyed(object, act, new AccountChanges.Decided(ByHand.role(account, given.role()),
							Reason.of(Reason.Code.BY_HAND)));
				}
			}
			case Observation.TeamShaped shaped -> shape(act, object, teams, shaped);
			default -> throw new IllegalStateException(act.observation().getClass() + " is no act");
		}
	}

	/** The last owner stays one, also by a person's word. */
	private static boolean mayHave(Account account, @Nullable String role, KnownAccounts known) {
		if (account.status() != Status.ACTIVE || !account.isOwner() && !Account.OWNER.equals(role)) {
			return true;
		}
		boolean last = known.isLastOwner(account.id());
		if (!Account.OWNER.equals(role) && !last) {
			known.takeOff(account.id());
		}
		return Account.OWNER.equals(role) || !last;
	}

	/** The account that an act is about, if the act is for it to obey still. */
	private static @Nullable Account account(Work.OfObject object, KnownAccounts known, AccountId id, Batch.Entry act) {
		Account account = known.find(id);
		ObjectKey key = (object.connection() != null) ? object.key() : null;
		return (account != null && Objects.equals(account.object(), key) && !known.hasObeyed(id, act)) ? account : null;
	}

	private static void shape(Batch.Entry act, Work.OfObject object, KnownTeams known, Observation.TeamShaped shaped) {
		Team team = known.asDecided(shaped.team());
		boolean byHand = team == null || team.source() == null;
		if (byHand && !known.hasObeyed(shaped.team(), act)) {
			Team next = ByHand.shape(object.organization(), shaped.team(), team,
					shaped.active() ? known.name(shaped.team(), shaped.name()) : null);
			if (next != null) {
				known.obeyed(next, object, act);
			}
		}
	}

	private static <T> void add(Map<OrganizationId, Set<T>> sets, OrganizationId organization, T item) {
		sets.computeIfAbsent(organization, (id) -> new LinkedHashSet<>()).add(item);
	}

}
