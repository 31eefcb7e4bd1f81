package io.rollcall.reconciler.flow.view;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.rollcall.model.AccountId;
import io.rollcall.model.ObjectId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.directory.Observation.MatchSettled;
import io.rollcall.model.directory.Observation.MatchSettled.How;
import io.rollcall.reconciler.flow.Connection;
import io.rollcall.reconciler.flow.apply.StoredAccount;
import io.rollcall.reconciler.flow.view.Acts.Asked;
import io.rollcall.reconciler.flow.view.Acts.Done;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import org.jspecify.annotations.Nullable;

/** People say which account a directory user has. */
public final class Settling {

	private static final Comparator<Account> LINKED = Comparator.comparing(Account::isLinked);

	private final Acts acts;

	private final Views views;

	private final InstantSource clock;

	public Settling(Acts acts, Views views, InstantSource clock) {
		this.acts = acts;
		this.views = views;
		this.clock = clock;
	}

	/**
	 * Settles some users of a connection.
	 * @param wishes at most one of each user counts, the last
	 */
	public List<Done> settle(Connection connection, List<Wish> wishes, String by) {
		OrganizationId organization = connection.organization();
		Map<ObjectKey, Wish> wanted = new LinkedHashMap<>();
		wishes.forEach((wish) -> wanted.put(new ObjectKey(connection.id(), wish.object()), wish));
		Map<ObjectKey, Account> have = this.views.accountsOf(organization, wanted.keySet())
			.stream()
			.map(StoredAccount::account)
			.collect(Collectors.toMap(Account::object, Function.identity(), BinaryOperator.maxBy(LINKED)));
		Map<AccountId, Account> named = this.views
			.accounts(organization,
					wishes.stream().filter((wish) -> wish.account() != null).map(Wish::account).distinct().toList())
			.stream()
			.collect(Collectors.toMap((stored) -> stored.account().id(), StoredAccount::account));
		return this.acts.doAll(organization, wanted.entrySet().stream().map((entry) -> {
			Wish wish = entry.getValue();
			Account has = have.get(entry.getKey());
			if (has == null) {
				return Asked.refused(wish.object().value(), "it has no account and waits for none: the rules leave it "
						+ "out, or nothing was read of it; its explanation says which");
			}
			return switch (wish.how()) {
				case LINK -> link(entry.getKey(), has, wish, named.get(wish.account()), by);
				case CREATE -> create(entry.getKey(), has, wish, by);
				case UNLINK -> unlink(entry.getKey(), has, wish, by);
			};
		}).toList());
	}

	private Asked link(ObjectKey user, Account has, Wish wish, @Nullable Account account, String by) {
		if (account == null) {
			return Asked.refused(wish.object().value(), "there is no account '%s'".formatted(wish.account()));
		}
		if (has.isLinked()) {
			return has.id().equals(account.id()) ? Asked.done(wish.object().value()) : hasOne(wish, has);
		}
		ObjectKey other = account.object();
		Facts facts = (other != null) ? this.views.facts(other) : null;
		if (other != null && (facts == null || facts.departure() == null)) {
			return Asked.refused(wish.object().value(),
					"account '%s' belongs to '%s' of connection '%s': unlink it first".formatted(account.id(),
							other.object(), other.connection()));
		}
		return asked(user, has, How.LINK, account.id(), by,
				(after) -> after.isLinked() && after.id().equals(account.id()));
	}

	private Asked create(ObjectKey user, Account has, Wish wish, String by) {
		if (has.isLinked()) {
			return hasOne(wish, has);
		}
		Reason held = has.held();
		if (held == null) {
			return asked(user, has, How.CREATE, null, by, Account::isLinked);
		}
		return switch (held.code()) {
			case AVAILABLE, UNLINKED -> asked(user, has, How.CREATE, null, by, Account::isLinked);
			case MATCH_DISPUTED -> asked(user, has, How.CREATE, holder(held), by, Account::isLinked);
			case EMAIL_TAKEN -> Asked.refused(wish.object().value(),
					"its address belongs to account '%s': link that, or change one of the addresses"
						.formatted(held.parameters().get("holder")));
			default -> Asked.refused(wish.object().value(),
					"it waits for something else (%s): correct that in the directory".formatted(held.code()));
		};
	}

	private Asked unlink(ObjectKey user, Account has, Wish wish, String by) {
		if (!has.isLinked()) {
			return Asked.refused(wish.object().value(), "it has no account");
		}
		return asked(user, has, How.UNLINK, has.id(), by, (after) -> !after.isLinked());
	}

	private Asked asked(ObjectKey user, Account has, How how, @Nullable AccountId account, String by,
			Predicate<Account> isDone) {
		return new Asked(user.object().value(), user, new MatchSettled(has.organization(), user.connection(),
				user.object(), how, account, by, this.clock.instant()), isDone, null);
	}

	private static Asked hasOne(Wish wish, Account has) {
		return Asked.refused(wish.object().value(), "it has account '%s': unlink it first".formatted(has.id()));
	}

	/** The one account that somebody is disputed with; null where there are more. */
	private static @Nullable AccountId holder(Reason held) {
		String holder = held.parameters().get("holder");
		return (holder == null || holder.contains(",")) ? null : new AccountId(holder);
	}

	/**
	 * What is to be of one user.
	 *
	 * @param account to link; null for the others
	 */
	public record Wish(ObjectId object, How how, @Nullable AccountId account) {
	}

}
