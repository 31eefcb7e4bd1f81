package io.rollcall.reconciler.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.rollcall.model.AccountId;
import io.rollcall.model.Reason;
import io.rollcall.model.run.GuardedKind;
import io.rollcall.model.state.State.Status;
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
	 * when a user that waited is matched with an account that is there.
	 * @param decision what the rules say about the object
	 * @param linked the account that the object has
	 * @param waiting the account that waits for the object's first decision
	 * @param newId the id that an account made for the object gets
	 */
	public static List<Decided> of(Deciding deciding, Decision decision, @Nullable Account linked,
			@Nullable Account waiting, AccountId newId, Claims claims) {
		AccountChanges changes = new AccountChanges(deciding, claims);
		switch (decision) {
			case Decision.Nothing _ -> {
			}
			case Decision.Leave leave -> changes.leave(linked, waiting, leave.reason());
			case Decision.Include include -> {
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
		if (draft.status == Status.ACTIVE) {
			Account.Leaving staged = draft.leaving;
			if (staged != null
					&& this.deciding.isReleased(linked.id().value(), GuardedKind.ACCOUNTS, null, staged.revision())) {
				draft.leaving = null;
				draft.status = Status.DEACTIVATED;
			}
			else {
				draft.leaving = new Account.Leaving(reason, (staged != null) ? staged.revision() : draft.revision());
			}
		}
		draft.belong(this.deciding, false);
		if (draft.status != Status.ACTIVE && isCarriedNoMore(draft)) {
			// Who waits wants the account, which is for a person to say; who has one
			// wants only the address.
			boolean gone = this.deciding.facts().departure() != null;
			giveUpIfWanted(draft, gone);
		}
		add(draft, reason);
	}

	private void include(@Nullable Account linked, @Nullable Account waiting, Account unborn,
			Decision.Include include) {
		if (linked != null) {
			endWaiting(waiting, Reason.of(Reason.Code.HAS_ACCOUNT));
			keep(new AccountDraft(linked), include);
			return;
		}
		Reason held = include.held();
		if (held == null && !include.fields().containsKey(Account.DISPLAY_NAME)) {
			// What the name is made of was never read.
			held = Reason.of(Reason.Code.NAME_MISSING);
		}
		String wants = null;
		if (held == null && include.emailKey() != null) {
			Account holder = this.claims.holder(include.emailKey());
			if (holder != null) {
				held = whyNot(holder, include);
				wants = include.emailKey();
				if (held == null) {
					endWaiting(waiting, Reason.of(Reason.Code.HAS_ACCOUNT));
					takeOver(holder, include);
					return;
				}
			}
		}
		AccountDraft draft = new AccountDraft((waiting != null) ? waiting : unborn);
		if (held != null) {
			draft.fields = named(include);
			draft.hold(held, wants);
			add(draft, held);
		}
		else {
			create(draft, include);
		}
	}

	private void create(AccountDraft draft, Decision.Include include) {
		Reason reason = (draft.held != null) ? endOfHold(draft) : include.reason();
		draft.endHold();
		draft.status = Status.ACTIVE;
		draft.map(this.deciding.rules(), include.fields());
		take(draft, include);
		draft.belong(this.deciding, true);
		add(draft, reason);
	}

	/** Why the account with the address is not for this user; null when it is. */
	private @Nullable Reason whyNot(Account holder, Decision.Include include) {
		ObjectKey object = holder.object();
		if (object == null) {
			return null;
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

	private void takeOver(Account account, Decision.Include include) {
		AccountDraft draft = new AccountDraft(account);
		if (account.object() != null) {
			// What people gave the one before is not for the next.
			draft.memberships.clear();
			draft.removals.clear();
		}
		draft.object = this.deciding.facts().key();
		keep(draft, include);
	}

	/** Goes on with an account that the user has. */
	private void keep(AccountDraft draft, Decision.Include include) {
		Reason reason = endOfHold(draft);
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

}
