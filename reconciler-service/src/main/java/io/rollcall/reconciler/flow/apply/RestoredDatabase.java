package io.rollcall.reconciler.flow.apply;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Sequence;
import io.rollcall.model.Stamp;
import io.rollcall.model.TeamId;
import io.rollcall.model.directory.Attributes;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.directory.ObjectKind;
import io.rollcall.model.state.State;
import io.rollcall.model.state.State.AccountState;
import io.rollcall.model.state.State.TeamState;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Container;
import io.rollcall.reconciler.rules.Departure;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import io.rollcall.reconciler.rules.Team;
import org.jspecify.annotations.Nullable;

/**
 * A database that was restored from a backup: what was told since is not in it. Accounts
 * and teams become what was told last, so that their versions go on from there; their
 * users count as not read, and those that nothing lists any more are found by the sweep.
 */
public final class RestoredDatabase {

	/** Older than every run; {@link Stamp#NONE} would not be stored. */
	private static final Stamp OLDEST = new Stamp(new Sequence(0), 1);

	private final DirectoryObjects objects;

	private final DecisionInputs inputs;

	private final AccountsAndTeams accounts;

	public RestoredDatabase(DirectoryObjects objects, DecisionInputs inputs, AccountsAndTeams accounts) {
		this.objects = objects;
		this.inputs = inputs;
		this.accounts = accounts;
	}

	/** Whether one of some states is not stored: each is told after it was stored. */
	public boolean lacks(List<State> told) {
		return !new Missing(told).states.isEmpty();
	}

	/**
	 * Takes what is not stored of some states, one of each account and team. Of teams
	 * before accounts, whose memberships carry their names.
	 */
	public void take(List<State> told) {
		new Missing(told).store();
	}

	/** What is told and not stored. */
	private final class Missing {

		private final Map<AccountId, Account> storedAccounts = new HashMap<>();

		private final Map<TeamId, Team> storedTeams = new HashMap<>();

		private final List<State> states;

		private Missing(List<State> told) {
			DecisionInputs.Wanted wanted = DecisionInputs.Wanted.of(Set.of());
			told.forEach((state) -> {
				Set<TeamId> ofOrganization = wanted.teams()
					.computeIfAbsent(state.organization(), (none) -> new LinkedHashSet<>());
				switch (state) {
					case AccountState account -> {
						wanted.accounts()
							.computeIfAbsent(account.organization(), (none) -> new LinkedHashSet<>())
							.add(account.account());
						account.teams().forEach((membership) -> ofOrganization.add(membership.team()));
					}
					case TeamState team -> ofOrganization.add(team.team());
				}
			});
			DecisionInputs.Found found = RestoredDatabase.this.inputs.read(wanted);
			found.accounts().forEach((stored) -> this.storedAccounts.put(stored.account().id(), stored.account()));
			found.teams().forEach((stored) -> this.storedTeams.put(stored.team().id(), stored.team()));
			this.states = told.stream().filter(this::isMissing).toList();
		}

		private boolean isMissing(State state) {
			return switch (state) {
				case AccountState told -> {
					Account stored = this.storedAccounts.get(told.account());
					yield stored == null || told.version() > stored.version();
				}
				case TeamState told -> {
					Team stored = this.storedTeams.get(told.team());
					yield stored == null || told.version() > stored.version();
				}
			};
		}

		/** Facts first: whatever is cut off between the two is missing still. */
		private void store() {
			Map<ObjectKey, State> byObject = new LinkedHashMap<>();
			List<StoredAccount> accounts = new ArrayList<>();
			List<StoredTeam> teams = new ArrayList<>();
			for (State state : this.states) {
				ObjectKey object = objectOf(state);
				switch (state) {
					case AccountState told -> {
						Account stored = this.storedAccounts.get(told.account());
						accounts.add(account(told, object, stored));
						if (stored != null && stored.object() != null) {
							// Whose it was must not get another, where it was taken over.
							byObject.put(stored.object(), state);
						}
					}
					case TeamState told -> teams.add(team(told));
				}
				if (object != null) {
					byObject.put(object, state);
				}
			}
			Map<ObjectKey, StoredFacts> known = RestoredDatabase.this.objects.find(byObject.keySet(), Set.of())
				.objects();
			List<DirectoryObjects.Write> facts = new ArrayList<>();
			byObject.forEach((object, state) -> facts.add(facts(object, state, known.get(object))));
			if (!facts.isEmpty()) {
				RestoredDatabase.this.objects.write(facts);
			}
			RestoredDatabase.this.accounts.write(accounts, teams);
		}

		/** The next decision takes the address, which another may have now. */
		private StoredAccount account(AccountState told, @Nullable ObjectKey object, @Nullable Account stored) {
			Account after = new Account(told.organization(), told.account(), told.status(), told.fields(), null,
					List.of(), object, told.teams().stream().map((membership) -> member(membership, stored)).toList(),
					null, Account.Staged.NOTHING, null, null, (stored != null) ? stored.rulesVersion() : 0,
					told.version(), (stored != null) ? stored.revision() + 1 : 1);
			return new StoredAccount(after, null, told.at());
		}

		private Account.Member member(State.Membership told, @Nullable Account stored) {
			Team team = this.storedTeams.get(told.team());
			boolean byHand = stored != null && stored.memberships()
				.stream()
				.anyMatch((member) -> member.team().equals(told.team()) && member.byHand());
			return new Account.Member(told.team(), (team != null) ? team.name() : told.team().value(), told.role(),
					byHand);
		}

		private StoredTeam team(TeamState told) {
			Team stored = this.storedTeams.get(told.team());
			State.Source source = told.source();
			Team after = new Team(told.organization(), told.team(), told.name(), null, told.status(), told.connection(),
					(source != null) ? new Container(source.kind(), source.object()) : null, null,
					(stored != null) ? stored.rulesVersion() : 0, told.version(),
					(stored != null) ? stored.revision() + 1 : 1);
			return new StoredTeam(after, null, told.at());
		}

	}

	private static @Nullable ObjectKey objectOf(State state) {
		return switch (state) {
			case AccountState told when told.connection() != null && told.object() != null ->
				new ObjectKey(told.connection(), told.object());
			case TeamState told when told.connection() != null && told.source() != null
					&& told.source().kind() == ContainerKind.GROUP ->
				new ObjectKey(told.connection(), told.source().object());
			default -> null;
		};
	}

	/**
	 * Facts that decide nothing else than what was told: of a user nothing was read, a
	 * group is called as its team is, or is gone.
	 */
	private static DirectoryObjects.Write facts(ObjectKey object, State told, @Nullable StoredFacts stored) {
		Facts before = (stored != null) ? stored.facts() : Facts.unknown(told.organization(), object, ObjectKind.OTHER);
		Stamp stamp = (before.whole() != null) ? before.whole().stamp() : OLDEST;
		Facts.Whole whole = switch (told) {
			case AccountState _ -> new Facts.Whole(stamp, Attributes.NONE, null);
			case TeamState team -> {
				Map<String, @Nullable Object> attributes = new LinkedHashMap<>(before.attributes().values());
				attributes.put("displayName", team.name());
				yield new Facts.Whole(stamp, new Attributes(attributes),
						(team.status() == State.Status.ACTIVE) ? null : Departure.UNSEEN);
			}
		};
		Facts after = new Facts(before.organization(), object,
				(told instanceof AccountState) ? ObjectKind.USER : ObjectKind.GROUP, whole, before.in(),
				before.listed(), before.newer(), before.membersListed(), before.said(), before.revision() + 1);
		return new DirectoryObjects.Write(new StoredFacts(after, (stored != null) ? stored.command() : null, null),
				false);
	}

}
