package io.rollcall.reconciler.rules;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.rollcall.model.AccountId;
import io.rollcall.model.Reason;
import io.rollcall.model.directory.Observation.MatchSettled;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.rules.Account.Leaving.State;
import org.jspecify.annotations.Nullable;

/** What a decision makes of accounts. */
public final class AccountChanges {

	private final Deciding deciding;

	private final Claims claims;

	private final List<Decided> decided = new ArrayList<>(1);

	private AccountChanges(Deciding deciding, Claims claims) {
		this.deciding = deciding;
		this.claims = claims;
	}

	/**
	 * The accounts of one object that are to be different: none when nothing changes; two
	 * when a user that waited is matched with an account that is there. A user that loses
	 * its account by a person's word is decided again without one.
	 * @param decision what the rules say about the object
	 * @param linked the account that the object has
	 * @param waiting the account that waits for the object's first decision
	 * @param newId the id that an account made for the object gets
	 */
	public static List<Decided> of(Deciding deciding, Decision decision, @Nullable Account linked,
			@Nullable Account waiting, AccountId newId, Claims claims) {
		AccountChanges changes = new AccountChanges(deciding, claims);
		Said.Match said = deciding.facts().said().match();
		if (linked != null && said != null && said.how() == MatchSettled.How.UNLINK
				&& linked.id().equals(said.account())) {
			changes.unlink(linked);
			return changes.decided;
		}
		switch (decision) {
			case Decision.Nothing _ -> {
			}
			case Decision.Leave leave -> changes.leave(linked, waiting, leave.reason());
			case Decision.Include include -> {
				if (linked != null && linked.isOwner()) {
					claims.isLastOwner(linked.id());
				}
				Account unborn = Account.unborn(deciding.facts().organization(), newId, deciding.facts().key());
				changes.include(linked, waiting, unborn, include);
			}
		}
		return changes.decided;
	}

	private void leave(@Nullable Account linked, @Nullable Account waiting, Reason reason) {
		endWaiting(waiting, reason);
		if (linked == null) {
			return;
		}
		AccountDraft draft = new AccountDraft(linked);
		draft.endHold();
		draft.address = null;
		Said.Answer answer = answer(draft);
		if (answer != null) {
			draft.leaving = leaving(draft, reason, answer.removed() ? State.REMOVED : State.KEPT, answer.at());
			draft.status = !answer.removed() ? Status.ACTIVE
					: (draft.status == Status.ACTIVE) ? Status.DEACTIVATED : draft.status;
		}
		else {
			leave(draft, reason, this.deciding.rules().leavers().of(reason));
		}
		if (isLastOwner(draft)) {
			draft.leaving = null;
			draft.status = Status.ACTIVE;
			draft.hold(Reason.of(Reason.Code.LAST_OWNER), null);
		}
		draft.belong(this.deciding, false);
		if (draft.status != Status.ACTIVE && isCarriedNoMore(draft)) {
			// Who waits wants the account, which is for a person to say; who has one
			// wants only the address.
			boolean gone = this.deciding.facts().departure() != null;
			giveUpIfWanted(draft, gone);
		}
		boolean kept = answer != null && !answer.removed();
		add(draft, kept ? Reason.of(Reason.Code.BY_HAND) : reason);
	}

	/** Whether it goes, or is to go, and would leave the organization without owners. */
	private boolean isLastOwner(AccountDraft draft) {
		Account before = draft.before;
		if (!before.isOwner() || before.status() != Status.ACTIVE) {
			return false;
		}
		boolean last = this.claims.isLastOwner(before.id());
		boolean goes = draft.status != Status.ACTIVE;
		if (goes && !last) {
			this.claims.takeOff(before.id());
		}
		return last && (goes || draft.leaving != null && draft.leaving.state() == State.GUARDED);
	}

	/** What a person said of exactly this leaving. */
	private Said.@Nullable Answer answer(AccountDraft draft) {
		Said.Answer answer = this.deciding.facts().said().answer();
		Account.Leaving leaving = draft.leaving;
		return (answer != null && leaving != null && leaving.state() != State.GUARDED
				&& answer.account().equals(draft.before.id()) && answer.revision() == leaving.revision()) ? answer
						: null;
	}

	private void leave(AccountDraft draft, Reason reason, Leavers.Choice choice) {
		boolean active = draft.status == Status.ACTIVE;
		switch (choice) {
			case DEACTIVATE -> go(draft, reason, Status.DEACTIVATED);
			case ARCHIVE -> go(draft, reason, Status.ARCHIVED);
			case QUEUE -> {
				if (active) {
					draft.leaving = leaving(draft, reason, State.QUEUED, null);
					draft.held = Reason.of(Reason.Code.REMOVAL_QUEUED, "held", reason.code().name());
				}
			}
			case KEEP -> {
				if (active) {
					draft.leaving = leaving(draft, reason, State.KEPT, null);
				}
			}
		}
	}

	/** Whoever has gone already only changes how. */
	private void go(AccountDraft draft, Reason reason, Status status) {
		Account.Leaving staged = draft.leaving;
		if (draft.status != Status.ACTIVE) {
			draft.status = status;
		}
		else if (staged != null && staged.state() == State.GUARDED
				&& this.deciding.isReleased(draft.before.id().value(), GuardedKind.ACCOUNTS, null, staged.revision())) {
			draft.leaving = null;
			draft.status = status;
		}
		else {
			draft.leaving = leaving(draft, reason, State.GUARDED, null);
		}
	}

	/** What waits for the guard, or for a person, is put there anew when that changes. */
	private static Account.Leaving leaving(AccountDraft draft, Reason reason, State state, @Nullable Instant at) {
		Account.Leaving known = draft.leaving;
		boolean goesOn = known != null && (known.state() == State.GUARDED) == (state == State.GUARDED);
		return new Account.Leaving(reason, (known != null && goesOn) ? known.revision() : draft.revision(), state, at);
	}

	private void include(@Nullable Account linked, @Nullable Account waiting, Account unborn,
			Decision.Include include) {
		if (linked != null) {
			endWaiting(waiting, Reason.of(Reason.Code.HAS_ACCOUNT));
			AccountDraft draft = new AccountDraft(linked);
			keep(draft, include, endOfHold(draft));
			return;
		}
		AccountDraft draft = new AccountDraft((waiting != null) ? waiting : unborn);
		Said.Match said = this.deciding.facts().said().match();
		MatchSettled.How how = (said != null) ? said.how() : null;
		Account own = null;
		Reason reason = null;
		if (said != null && how == MatchSettled.How.LINK) {
			own = (said.account() != null) ? this.claims.account(said.account()) : null;
			reason = Reason.of(Reason.Code.BY_HAND);
			if (own == null || !mayBeTakenOver(own)) {
				holdBack(draft, include, (own != null) ? taken(Reason.Code.MATCH_DISPUTED, own, include)
						: Reason.of(Reason.Code.MATCH_DISPUTED), null);
				return;
			}
		}
		else if (how == null) {
			Matches matches = matches(include);
			if (matches.accounts.size() > 1) {
				holdBack(draft, include, matches.disputed(include), null);
				return;
			}
			if (!matches.accounts.isEmpty()) {
				own = matches.accounts.getFirst();
				reason = Reason.of(Reason.Code.MATCHED, "matchedBy", matches.key.attribute());
			}
		}
		if (own != null && reason != null) {
			endWaiting(waiting, Reason.of(Reason.Code.HAS_ACCOUNT));
			takeOver(own, include, reason);
			return;
		}
		withoutAMatch(waiting, draft, include, how);
	}

	private void withoutAMatch(@Nullable Account waiting, AccountDraft draft, Decision.Include include,
			MatchSettled.@Nullable How how) {
		Reason held = include.held();
		if (held == null && !include.fields().containsKey(Account.DISPLAY_NAME)) {
			// What the name is made of was never read.
			held = Reason.of(Reason.Code.NAME_MISSING);
		}
		boolean unlinked = how == MatchSettled.How.UNLINK;
		String wants = null;
		if (held == null && !unlinked && include.emailKey() != null) {
			Account holder = this.claims.holder(include.emailKey());
			if (holder != null && how == MatchSettled.How.CREATE && isDisputed(holder)) {
				giveUp(holder);
			}
			else if (holder != null) {
				held = whyNot(holder, include);
				wants = include.emailKey();
				if (held == null) {
					endWaiting(waiting, Reason.of(Reason.Code.HAS_ACCOUNT));
					takeOver(holder, include, Reason.of(Reason.Code.MATCHED, "matchedBy", Account.EMAIL));
					return;
				}
			}
		}
		boolean asked = how == MatchSettled.How.CREATE;
		if (unlinked) {
			held = Reason.of(Reason.Code.UNLINKED);
		}
		else if (held == null && !asked && this.deciding.rules().matching().create() == Matching.Create.WHEN_ASKED) {
			held = Reason.of(Reason.Code.AVAILABLE);
		}
		if (held != null) {
			holdBack(draft, include, held, wants);
		}
		else {
			Reason reason = (draft.held != null) ? endOfHold(draft) : include.reason();
			create(draft, include, asked ? Reason.of(Reason.Code.BY_HAND) : reason);
		}
	}

	private void holdBack(AccountDraft draft, Decision.Include include, Reason held, @Nullable String wants) {
		draft.fields = named(include);
		draft.hold(held, wants);
		add(draft, held);
	}

	private void create(AccountDraft draft, Decision.Include include, Reason reason) {
		draft.endHold();
		draft.status = Status.ACTIVE;
		draft.map(this.deciding.rules(), include.fields());
		take(draft, include);
		draft.belong(this.deciding, true);
		add(draft, reason);
	}

	/** A person took the account away from the user: it is an account without one. */
	private void unlink(Account linked) {
		AccountDraft draft = new AccountDraft(linked);
		draft.object = null;
		draft.endHold();
		draft.leaving = null;
		draft.address = null;
		draft.removals.clear();
		draft.memberships.values().removeIf((member) -> !member.byHand());
		add(draft, Reason.of(Reason.Code.BY_HAND));
	}

	/** The accounts without a directory user that the first key finds which finds any. */
	private Matches matches(Decision.Include include) {
		for (Matching.Key key : this.deciding.rules().matching().by()) {
			List<Account> found = found(key, include);
			if (!found.isEmpty()) {
				return new Matches(key, found);
			}
		}
		return new Matches(Matching.Key.EMAIL, List.of());
	}

	private List<Account> found(Matching.Key key, Decision.Include include) {
		if (key == Matching.Key.EMAIL) {
			Account holder = (include.emailKey() != null) ? this.claims.holder(include.emailKey()) : null;
			return (holder != null && holder.object() == null) ? List.of(holder) : List.of();
		}
		String of = key.of(this.deciding.facts().attributes());
		return (of == null) ? List.of()
				: this.claims.keyed(of)
					.stream()
					.sorted(Comparator.comparing((account) -> account.id().value()))
					.toList();
	}

	/** Whether an account belongs to nobody who is there. */
	private boolean mayBeTakenOver(Account account) {
		ObjectKey object = account.object();
		Facts other = (object != null) ? this.claims.factsOf(object) : null;
		return object == null || (other != null && other.departure() != null);
	}

	/**
	 * Whether a person said that the user is not the one who is gone and has this
	 * account.
	 */
	private boolean isDisputed(Account holder) {
		Said.Match said = this.deciding.facts().said().match();
		return said != null && holder.id().equals(said.account()) && holder.object() != null && mayBeTakenOver(holder);
	}

	/** Gives the address of an account up to somebody who is not its user. */
	private void giveUp(Account holder) {
		AccountDraft draft = new AccountDraft(holder);
		draft.giveUpAddress();
		add(draft, Reason.of(Reason.Code.BY_HAND));
	}

	/** Why the account with the address is not for this user; null when it is. */
	private @Nullable Reason whyNot(Account holder, Decision.Include include) {
		ObjectKey object = holder.object();
		if (object == null) {
			return taken(Reason.Code.EMAIL_TAKEN, holder, include);
		}
		Facts other = this.claims.factsOf(object);
		if (other == null || other.departure() == null) {
			return taken(Reason.Code.EMAIL_TAKEN, holder, include);
		}
		boolean same = object.connection().equals(this.deciding.facts().key().connection())
				&& isSamePerson(other, this.deciding.facts());
		return same ? null : taken(Reason.Code.MATCH_DISPUTED, holder, include);
	}

	private static boolean isSamePerson(Facts one, Facts other) {
		String employee = one.attributes().text(Account.EMPLOYEE_ID);
		String newEmployee = other.attributes().text(Account.EMPLOYEE_ID);
		if (employee != null || newEmployee != null) {
			return employee != null && employee.equals(newEmployee);
		}
		return one.name().equals(other.name());
	}

	private void takeOver(Account account, Decision.Include include, Reason reason) {
		AccountDraft draft = new AccountDraft(account);
		if (account.object() != null) {
			// What people gave the one before is not for the next.
			draft.memberships.clear();
			draft.takeRole();
			draft.removals.clear();
		}
		draft.object = this.deciding.facts().key();
		draft.keys = List.of();
		keep(draft, include, reason);
	}

	/** Goes on with an account that the user has. */
	private void keep(AccountDraft draft, Decision.Include include, Reason reason) {
		draft.leaving = null;
		draft.map(this.deciding.rules(), include.fields());
		Reason held = address(draft, include);
		if (held == null) {
			draft.endHold();
		}
		else {
			draft.hold(held, draft.wants);
		}
		if (draft.emailKey != null) {
			draft.status = Status.ACTIVE;
		}
		draft.belong(this.deciding, draft.status == Status.ACTIVE);
		add(draft, reason);
	}

	/**
	 * Decides the address; everything else goes on while it waits.
	 * @return why a field waits; null when none does
	 */
	private @Nullable Reason address(AccountDraft draft, Decision.Include include) {
		String key = include.emailKey();
		draft.wants = null;
		if (key == null) {
			draft.address = null;
			giveUpIfWanted(draft, false);
			return include.held();
		}
		if (key.equals(draft.emailKey)) {
			take(draft, include);
			return include.held();
		}
		boolean may = stage(draft, include, key);
		Account holder = this.claims.holder(key);
		if (holder != null) {
			draft.wants = key;
			if (may) {
				giveUpIfWanted(draft, false);
			}
			return (include.held() != null) ? include.held() : taken(Reason.Code.EMAIL_TAKEN, holder, include);
		}
		if (may) {
			take(draft, include);
		}
		return include.held();
	}

	/** Whether the account may have the address: only one that is in use is guarded. */
	private boolean stage(AccountDraft draft, Decision.Include include, String key) {
		if (draft.status != Status.ACTIVE || draft.emailKey == null) {
			draft.address = null;
			return true;
		}
		Account.Address staged = draft.address;
		long revision = draft.revision();
		boolean released = false;
		if (staged != null && staged.key().equals(key)) {
			revision = staged.revision();
			released = staged.released()
					|| this.deciding.isReleased(draft.before.id().value(), GuardedKind.ADDRESSES, null, revision);
		}
		draft.address = new Account.Address(String.valueOf(include.email()), key, revision, released);
		return released;
	}

	private boolean isCarriedNoMore(AccountDraft draft) {
		return draft.emailKey != null
				&& !draft.emailKey.equals(Decision.emailKeyOf(this.deciding.rules(), this.deciding.facts()));
	}

	/** Gives the address up to others that want it, so that swaps and chains end. */
	private void giveUpIfWanted(AccountDraft draft, boolean onlyToAccounts) {
		String key = draft.emailKey;
		if (key != null && this.claims.wanters(key)
			.stream()
			.anyMatch((wanter) -> !wanter.id().equals(draft.before.id())
					&& (!onlyToAccounts || wanter.status() != Status.WAITING))) {
			draft.giveUpAddress();
		}
	}

	/** Who waited has another account, or no place here any more. */
	private void endWaiting(@Nullable Account waiting, Reason reason) {
		if (waiting != null) {
			AccountDraft draft = new AccountDraft(waiting);
			draft.endHold();
			add(draft, reason);
		}
	}

	private static void take(AccountDraft draft, Decision.Include include) {
		if (include.email() != null && include.emailKey() != null) {
			draft.take(include.email(), include.emailKey());
		}
	}

	private static Reason taken(Reason.Code code, Account holder, Decision.Include include) {
		return new Reason(code,
				Map.of("email", String.valueOf(include.email()), "holder", holder.id().value(), "name", holder.name()));
	}

	private static Reason endOfHold(AccountDraft draft) {
		Reason held = draft.held;
		return (held != null) ? Reason.of(Reason.Code.HOLD_ENDED, "held", held.code().name())
				: Reason.of(Reason.Code.CHANGED_IN_DIRECTORY);
	}

	/** What to call somebody who has no account yet. */
	private Map<String, String> named(Decision.Include include) {
		String name = include.fields().get(Account.DISPLAY_NAME);
		if (name == null) {
			name = (include.email() != null) ? include.email() : this.deciding.facts().key().object().value();
		}
		return Map.of(Account.DISPLAY_NAME, name);
	}

	private void add(AccountDraft draft, Reason reason) {
		Account next = draft.done(draft.before.rulesVersion());
		if (!next.equals(draft.before)) {
			this.decided.add(new Decided(draft.done(this.deciding.rules().version()), reason));
		}
	}

	/**
	 * An account as it is to be.
	 *
	 * @param reason why it leaves, or why it is not held any more
	 */
	public record Decided(Account account, Reason reason) {
	}

	/** The accounts that a key finds. */
	private record Matches(Matching.Key key, List<Account> accounts) {

		private static final int SHOWN = 10;

		private Reason disputed(Decision.Include include) {
			return new Reason(Reason.Code.MATCH_DISPUTED, Map.of("email", String.valueOf(include.email()), "holder",
					words((account) -> account.id().value()), "name", words(Account::name)));
		}

		private String words(Function<Account, String> word) {
			return this.accounts.stream().limit(SHOWN).map(word).collect(Collectors.joining(", "));
		}

	}

}
