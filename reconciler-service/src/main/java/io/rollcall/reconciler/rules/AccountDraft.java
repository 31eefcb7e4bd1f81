package io.rollcall.reconciler.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.rollcall.model.ObjectId;
import io.rollcall.model.Reason;
import io.rollcall.model.TeamId;
import io.rollcall.model.directory.ContainerKind;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.state.State.Status;
import org.jspecify.annotations.Nullable;

/** An account while its next version is being made. */
final class AccountDraft {

	final Account before;

	Status status;

	Map<String, String> fields;

	@Nullable String emailKey;

	List<String> keys;

	@Nullable ObjectKey object;

	final Map<TeamId, Account.Member> memberships = new LinkedHashMap<>();

	private @Nullable ObjectId manager;

	Account.@Nullable Leaving leaving;

	final Map<TeamId, Account.Removal> removals = new LinkedHashMap<>();

	Account.@Nullable Address address;

	@Nullable Reason held;

	@Nullable String wants;

	AccountDraft(Account before) {
		this.before = before;
		this.status = before.status();
		this.fields = before.fields();
		this.emailKey = before.emailKey();
		this.keys = before.keys();
		this.object = before.object();
		before.memberships().forEach((member) -> this.memberships.put(member.team(), member));
		this.manager = before.manager();
		this.leaving = before.staged().leaving();
		before.staged().removals().forEach((removal) -> this.removals.put(removal.team(), removal));
		this.address = before.staged().address();
		this.held = before.held();
		this.wants = before.wants();
	}

	/** The revision that the document gets. */
	long revision() {
		return this.before.revision() + 1;
	}

	/**
	 * Says why something waits; what only calls the other account differently is not new.
	 */
	void hold(Reason reason, @Nullable String wants) {
		Reason known = this.held;
		if (known == null || known.code() != reason.code()
				|| !Objects.equals(known.parameters().get("email"), reason.parameters().get("email"))
				|| !Objects.equals(known.parameters().get("holder"), reason.parameters().get("holder"))) {
			this.held = reason;
		}
		this.wants = wants;
	}

	void endHold() {
		this.held = null;
		this.wants = null;
	}

	/**
	 * Display name, e-mail address, then the others by name: what was never read stays.
	 */
	void map(Rules rules, Map<String, @Nullable String> mapped) {
		Map<String, String> next = new LinkedHashMap<>();
		put(next, Account.DISPLAY_NAME,
				mapped.getOrDefault(Account.DISPLAY_NAME, this.fields.get(Account.DISPLAY_NAME)));
		put(next, Account.EMAIL, this.fields.get(Account.EMAIL));
		rules.mapping()
			.fields()
			.keySet()
			.forEach((field) -> put(next, field,
					mapped.containsKey(field) ? mapped.get(field) : this.fields.get(field)));
		put(next, Account.ROLE, this.fields.get(Account.ROLE));
		this.fields = next;
	}

	void take(String email, String key) {
		Map<String, String> next = new LinkedHashMap<>();
		put(next, Account.DISPLAY_NAME, this.fields.get(Account.DISPLAY_NAME));
		next.put(Account.EMAIL, email);
		this.fields.forEach(next::putIfAbsent);
		this.fields = next;
		this.emailKey = key;
		this.address = null;
	}

	/** What people gave the one before is not for the next. */
	void takeRole() {
		Map<String, String> next = new LinkedHashMap<>(this.fields);
		next.remove(Account.ROLE);
		this.fields = next;
	}

	void giveUpAddress() {
		Map<String, String> next = new LinkedHashMap<>(this.fields);
		next.remove(Account.EMAIL);
		this.fields = next;
		this.emailKey = null;
	}

	/**
	 * Puts the account into the teams of its containers at once, and out of others when
	 * the guard lets it. A team that a person put it into it leaves on a person's word.
	 * @param joins whether it may join any
	 */
	void belong(Deciding deciding, boolean joins) {
		Map<TeamId, Account.Member> wanted = wanted(deciding);
		if (joins) {
			wanted.forEach((team, member) -> this.memberships.merge(team, member,
					(known, next) -> known.byHand() ? known : next));
		}
		this.manager = (this.status == Status.ACTIVE) ? managerOf(deciding) : null;
		this.removals.keySet().removeIf((team) -> wanted.containsKey(team) || !isSynced(team));
		for (Account.Member member : new ArrayList<>(this.memberships.values())) {
			if (!member.byHand() && !wanted.containsKey(member.team())) {
				remove(deciding, member.team());
			}
		}
	}

	private Map<TeamId, Account.Member> wanted(Deciding deciding) {
		Map<TeamId, Account.Member> wanted = new LinkedHashMap<>();
		for (Container container : deciding.facts().in()) {
			for (Deciding.TeamOf team : deciding.teams().apply(container)) {
				if (team.counts(deciding.facts().stampOf(container))
						&& (team.certain() || this.memberships.containsKey(team.id()))) {
					wanted.put(team.id(), new Account.Member(team.id(), team.name(), Account.Member.MEMBER, false));
				}
			}
		}
		Deciding.TeamOf leads = deciding.leads();
		if (leads != null && this.status == Status.ACTIVE) {
			wanted.put(leads.id(), new Account.Member(leads.id(), leads.name(), Account.Member.SUPERVISOR, false));
		}
		return wanted;
	}

	/** Nobody is a report of one's own. */
	private static @Nullable ObjectId managerOf(Deciding deciding) {
		for (Container container : deciding.facts().in()) {
			if (container.kind() == ContainerKind.MANAGER && TeamChanges.makesTeam(deciding.rules(), container)
					&& !container.object().equals(deciding.facts().key().object())) {
				return container.object();
			}
		}
		return null;
	}

	private void remove(Deciding deciding, TeamId team) {
		Account.Removal staged = this.removals.get(team);
		if (staged == null) {
			this.removals.put(team, new Account.Removal(team, revision()));
		}
		else if (deciding.isReleased(this.before.id().value(), GuardedKind.MEMBERSHIPS, team, staged.revision())) {
			this.removals.remove(team);
			this.memberships.remove(team);
		}
	}

	private boolean isSynced(TeamId team) {
		Account.Member member = this.memberships.get(team);
		return member != null && !member.byHand();
	}

	/** The account as it is to be; revision and version are still those from before. */
	Account done(int rulesVersion) {
		Account.Staged staged = new Account.Staged(this.leaving, List.copyOf(this.removals.values()), this.address);
		return new Account(this.before.organization(), this.before.id(), this.status, this.fields, this.emailKey,
				this.keys, this.object, List.copyOf(this.memberships.values()), this.manager, staged, this.held,
				this.wants, rulesVersion, this.before.version(), this.before.revision());
	}

	private static void put(Map<String, String> fields, String field, @Nullable String value) {
		if (value != null) {
			fields.put(field, value);
		}
	}

}
