package io.rollcall.reconciler.flow.view;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.directory.Observation.RemovalAnswered;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.view.Acts.Asked;
import io.rollcall.reconciler.flow.view.Acts.Done;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Account.Leaving;
import io.rollcall.reconciler.rules.Account.Leaving.State;
import io.rollcall.reconciler.rules.ObjectKey;
import org.jspecify.annotations.Nullable;

/** Accounts whose directory users have left, and what people say becomes of them. */
public final class Removals {

	private final Acts acts;

	private final Views views;

	private final InstantSource clock;

	public Removals(Acts acts, Views views, InstantSource clock) {
		this.acts = acts;
		this.views = views;
		this.clock = clock;
	}

	/** Answers for accounts by their ids. */
	public List<Done> answer(OrganizationId organization, List<AccountId> ids, Answer answer, String by) {
		Map<AccountId, StoredAccount> found = this.views.accounts(organization, ids)
			.stream()
			.collect(Collectors.toMap((stored) -> stored.account().id(), Function.identity()));
		return this.acts.doAll(organization,
				ids.stream().distinct().map((id) -> asked(organization, id, found.get(id), answer, by)).toList());
	}

	private Asked asked(OrganizationId organization, AccountId id, @Nullable StoredAccount stored, Answer answer,
			String by) {
		if (stored == null) {
			return Asked.refused(id.value(), "organization '%s' has no such account".formatted(organization));
		}
		Account account = stored.account();
		Leaving leaving = account.staged().leaving();
		ObjectKey object = account.object();
		if (leaving == null || object == null || leaving.state() == State.GUARDED) {
			return Asked.refused(id.value(), "it does not wait for removal, nor did a person remove it: it is "
					+ account.status() + ((leaving != null) ? ", and leaves when the guard lets it" : ""));
		}
		if (leaving.state() == answer.leadsTo() && leaving.at() != null) {
			return Asked.done(id.value());
		}
		Instant at = this.clock.instant();
		String refused = answer.whyNot(leaving, at);
		if (refused != null) {
			return Asked.refused(id.value(), refused);
		}
		return new Asked(
				id.value(), object, new RemovalAnswered(organization, object.connection(), object.object(), id,
						leaving.revision(), answer == Answer.CONFIRM, by, at),
				(after) -> isSaid(after, id, answer), null);
	}

	private static boolean isSaid(Account after, AccountId id, Answer answer) {
		Leaving leaving = after.staged().leaving();
		return after.id().equals(id) && leaving != null && leaving.state() == answer.leadsTo() && leaving.at() != null;
	}

	/** What a person says of an account. */
	public enum Answer {

		/** It goes. */
		CONFIRM(State.REMOVED),
		/** It stays. */
		KEEP(State.KEPT),
		/** It comes back. */
		UNDO(State.KEPT);

		private final State leadsTo;

		Answer(State leadsTo) {
			this.leadsTo = leadsTo;
		}

		private State leadsTo() {
			return this.leadsTo;
		}

		private @Nullable String whyNot(Leaving leaving, Instant now) {
			return switch (this) {
				case CONFIRM -> null;
				case KEEP ->
					(leaving.state() == State.REMOVED) ? "it was removed before: undo that, and it stays" : null;
				case UNDO -> (leaving.state() != State.REMOVED) ? "nobody removed it: keep it, and it stays"
						: isTooLate(leaving.at(), now)
								? "it was removed on %s, and can be brought back for %d days: it comes back with its directory user"
									.formatted(leaving.at(), Leaving.UNDONE_WITHIN.toDays())
								: null;
			};
		}

		private static boolean isTooLate(@Nullable Instant removedAt, Instant now) {
			return removedAt != null && removedAt.plus(Leaving.UNDONE_WITHIN).isBefore(now);
		}

	}

}
