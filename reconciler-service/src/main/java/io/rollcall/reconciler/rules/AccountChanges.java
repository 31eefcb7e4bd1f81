package io.rollcall.reconciler.rules;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.rollcall.model.AccountId;
import io.rollcall.model.change.HeldReason;
import io.rollcall.model.change.LeaverReason;
import io.rollcall.model.run.RunEvent.GuardedKind;
import org.jspecify.annotations.Nullable;

/** What a decision makes of accounts. */
public final class AccountChanges {

	private AccountChanges() {
	}

	/**
	 * The accounts to write for one object: none when nothing changes; two when a user
	 * that waited is matched with an account that is there.
	 * @param linked the account linked to the object
	 * @param waiting the account that waits for the object's first decision
	 * @param newId the id that an account made for the object gets
	 */
	public static List<Decided<Account>> of(Deciding deciding, @Nullable Account linked, @Nullable Account waiting,
			AccountId newId, Claims claims) {
		Decision decision = Decisions.decide(deciding.rules(), deciding.facts());
		Account own = (linked != null) ? linked : waiting;
		List<Decided<Account>> decided = new ArrayList<>(1);
		Account matched = null;
		if (decision instanceof Decision.Include include) {
			Account holder = claims.holder(include.emailKey());
			if (holder != null && (own == null || !holder.id().equals(own.id()))) {
				if (linked == null && available(holder)) {
					matched = holder;
				}
				else {
					decision = taken(include, linked, holder);
				}
			}
		}
		if (matched != null && decision instanceof Decision.Include include) {
			add(decided, deciding, matched, (draft) -> match(draft, deciding, include));
		}
		else {
			Decision last = decision;
			Account before = (own != null) ? own : unborn(deciding, newId);
			add(decided, deciding, before, (draft) -> apply(draft, deciding, before, last, claims));
		}
		if (waiting != null && (matched != null || linked != null)) {
			add(decided, deciding, waiting,
					(draft) -> draft.release(deciding.because("the directory user has an account")));
		}
		return decided;
	}

	/**
	 * Whether an account may be taken over by another directory user: nobody is linked to
	 * it, or who was is gone.
	 */
	public static boolean available(Account account) {
		if (account.link() == null || account.link().status() != Link.Status.LINKED
				|| account.status() == AccountStatus.DEACTIVATED) {
			return true;
		}
		Staged.Leaver leaver = account.staged().leaver();
		return leaver != null && switch (leaver.reason()) {
			case DELETED, PURGED, UNSEEN -> true;
			case DISABLED, OUT_OF_SCOPE, IGNORED -> false;
		};
	}

	private static Decision taken(Decision.Include include, @Nullable Account linked, Account holder) {
		HeldReason reason = (linked != null) ? HeldReason.EMAIL_TAKEN : HeldReason.MATCH_DISPUTED;
		String name = include.fields().getOrDefault(Account.DISPLAY_NAME, include.emailKey());
		return new Decision.Hold(reason,
				"'%s' belongs to %s (account %s)".formatted(include.emailKey(), holder.name(), holder.id()), name,
				include.emailKey());
	}

	private static void apply(AccountDraft draft, Deciding deciding, Account before, Decision decision, Claims claims) {
		ManualMembers.apply(draft, deciding);
		switch (decision) {
			case Decision.Include include -> include(draft, deciding, before, include);
			case Decision.Hold hold -> hold(draft, deciding, before, hold, claims);
			case Decision.Leave leave -> leave(draft, deciding, before, leave, claims);
			case Decision.Nothing _ -> {
			}
		}
	}

	private static void match(AccountDraft draft, Deciding deciding, Decision.Include include) {
		draft.linked(deciding.facts().key(), "e-mail",
				deciding.because("the only account with the e-mail of a directory user"));
		include(draft, deciding, include);
	}

	private static void include(AccountDraft draft, Deciding deciding, Account before, Decision.Include include) {
		if (before.status() == AccountStatus.WAITING) {
			draft.release(deciding.because("the reason to hold is gone"));
			draft.link(deciding.facts().key(), Link.Status.LINKED);
			draft.create(include.fields(), include.emailKey(), deciding.because("included by the rules"));
			Memberships.apply(draft, deciding);
		}
		else {
			include(draft, deciding, include);
		}
	}

	private static void include(AccountDraft draft, Deciding deciding, Decision.Include include) {
		draft.release(deciding.because("the reason to hold is gone"));
		draft.stage(null);
		if (draft.status() != AccountStatus.ACTIVE) {
			draft.reactivate(deciding.because("included by the rules again"));
		}
		draft.update(include.fields(), include.emailKey(), deciding.because("changed in the directory"));
		Memberships.apply(draft, deciding);
	}

	private static void hold(AccountDraft draft, Deciding deciding, Account before, Decision.Hold hold, Claims claims) {
		boolean conflict = hold.reason() == HeldReason.EMAIL_TAKEN || hold.reason() == HeldReason.MATCH_DISPUTED;
		if (before.version() == 0) {
			draft.link(deciding.facts().key(), Link.Status.WAITING);
			draft.name(hold.name());
		}
		draft.stage(null);
		draft.hold(new Held(hold.reason(), hold.detail(), conflict ? hold.sourceKey() : null),
				deciding.because(hold.detail()));
		String key = draft.emailKey();
		if (key != null && !key.equals(hold.sourceKey()) && !claims.wanters(key).isEmpty()) {
			giveUpEmail(draft, deciding, before);
		}
	}

	private static void leave(AccountDraft draft, Deciding deciding, Account before, Decision.Leave leave,
			Claims claims) {
		if (before.version() == 0) {
			return;
		}
		draft.release(deciding.because(words(leave.reason())));
		Staged.Leaver staged = draft.leaver();
		if (draft.status() == AccountStatus.ACTIVE) {
			if (staged != null && deciding.released(GuardedKind.ACCOUNTS, staged.version())) {
				draft.stage(null);
				draft.deactivate(leave.reason(), deciding.because(words(leave.reason())));
			}
			else if (staged == null) {
				draft.stage(new Staged.Leaver(leave.reason(), deciding.run(), deciding.now(), draft.nextVersion()));
			}
			else if (staged.reason() != leave.reason()) {
				draft.stage(new Staged.Leaver(leave.reason(), staged.run(), staged.stagedAt(), staged.version()));
			}
		}
		String key = draft.emailKey();
		// Who waits takes the whole account over; who has one already needs only the
		// address.
		if (key != null && draft.status() == AccountStatus.DEACTIVATED
				&& claims.wanters(key).stream().anyMatch((wanter) -> wanter.status() != AccountStatus.WAITING)) {
			giveUpEmail(draft, deciding, before);
		}
	}

	private static void giveUpEmail(AccountDraft draft, Deciding deciding, Account before) {
		Map<String, String> fields = new LinkedHashMap<>(before.fields());
		fields.remove(Account.EMAIL);
		draft.update(fields, null, deciding.because("the address belongs to another directory user now"));
	}

	private static Account unborn(Deciding deciding, AccountId id) {
		return new Account(deciding.facts().organization(), id, AccountStatus.WAITING, Map.of(), null, null, List.of(),
				Staged.NOTHING, null, List.of(), deciding.rules().version(), 0);
	}

	private static void add(List<Decided<Account>> decided, Deciding deciding, Account before, Step step) {
		AccountDraft draft = new AccountDraft(before);
		step.on(draft);
		Decided<Account> next = draft.done(deciding.rules().version(), deciding.now());
		if (next != null) {
			decided.add(next);
		}
	}

	private static String words(LeaverReason reason) {
		return switch (reason) {
			case DELETED -> "deleted in the directory";
			case PURGED -> "purged from the directory";
			case DISABLED -> "disabled in the directory";
			case OUT_OF_SCOPE -> "no longer included by the rules";
			case UNSEEN -> "not found in the directory by a full run";
			case IGNORED -> "ignored on a person's word";
		};
	}

	private interface Step {

		void on(AccountDraft draft);

	}

}
