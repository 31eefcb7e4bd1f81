package io.rollcall.reconciler.flow;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.AccountChanges;
import io.rollcall.reconciler.rules.AccountStatus;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.Group;
import io.rollcall.reconciler.rules.ObjectKey;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads what decisions about users need, decides, and writes; whoever loses an e-mail
 * address to a faster writer is decided again.
 */
final class DecideAccounts {

	/** Each attempt but the last lost to another writer; then the batch begins anew. */
	private static final int ATTEMPTS = 5;

	private final Accounts accounts;

	private final DirectoryObjects objects;

	DecideAccounts(Accounts accounts, DirectoryObjects objects) {
		this.accounts = accounts;
		this.objects = objects;
	}

	Mono<Ledger> decideAndWrite(Work work) {
		List<ObjectWork> users = work.users();
		Ledger ledger = new Ledger(work.segment()::redelivery);
		if (users.isEmpty()) {
			return Mono.just(ledger);
		}
		Attempt attempt = new Attempt(work, ledger);
		return read(work, users, attempt).then(Mono.defer(() -> readWanters(work, users, ledger)))
			.then(Mono.defer(() -> attempt(attempt, users, 1)))
			.thenReturn(ledger);
	}

	private Mono<Void> read(Work work, List<ObjectWork> users, Attempt attempt) {
		Mono<List<Stored<Account>>> linked = this.accounts.byObjects(users.stream().map(ObjectWork::key).toList());
		Mono<List<Stored<Account>>> claimed = this.accounts.byEmails(work.emailsOf(users));
		Mono<Map<ObjectKey, Group>> groups = this.objects.groups(work.groupsOf(users));
		Mono<List<Stored<Account>>> named = Flux.fromIterable(work.named().entrySet())
			.concatMap((ids) -> this.accounts.byIds(ids.getKey(), ids.getValue()))
			.concatMapIterable((found) -> found)
			.collectList();
		return Mono.zip(linked, claimed, groups, named).doOnNext((found) -> {
			attempt.ledger.read(found.getT1());
			attempt.ledger.read(found.getT2());
			attempt.ledger.read(found.getT4());
			attempt.groups = found.getT3();
		}).then();
	}

	/**
	 * Who keeps an address that the directory no longer gives must know whether others
	 * want it.
	 */
	private Mono<Void> readWanters(Work work, List<ObjectWork> users, Ledger ledger) {
		Set<EmailKey> kept = new LinkedHashSet<>();
		for (ObjectWork user : users) {
			Account account = ledger.linked(user.key());
			if (account != null && account.emailKey() != null && !account.emailKey().equals(work.sourceKey(user))) {
				kept.add(new EmailKey(account.organization(), account.emailKey()));
			}
		}
		return kept.isEmpty() ? Mono.empty() : this.accounts.wanting(kept).doOnNext(ledger::wanted).then();
	}

	private Mono<Void> attempt(Attempt attempt, Collection<ObjectWork> users, int number) {
		users.forEach(attempt::decide);
		List<Write<Account>> writes = attempt.ledger.writes();
		return this.accounts.write(writes).flatMap((taken) -> {
			attempt.ledger.written(taken.keySet());
			if (taken.isEmpty()) {
				return Mono.empty();
			}
			if (number == ATTEMPTS) {
				return Mono.error(new Outrun("lost the e-mail addresses of %d accounts to others, %d times"
					.formatted(taken.size(), number)));
			}
			return giveWay(attempt, taken).then(Mono.defer(() -> attempt(attempt, attempt.again, number + 1)));
		});
	}

	/** Makes ready to decide again about those whose e-mail address or id is taken. */
	private Mono<Void> giveWay(Attempt attempt, Map<AccountId, Accounts.Taken> taken) {
		Set<ObjectWork> again = new LinkedHashSet<>();
		taken.keySet().forEach((account) -> again.addAll(attempt.ledger.causes(account)));
		attempt.again = again;
		Map<OrganizationId, Set<AccountId>> ids = new HashMap<>();
		taken.forEach((account, what) -> {
			for (ObjectWork cause : attempt.ledger.causes(account)) {
				OrganizationId organization = cause.facts().organization();
				attempt.ledger.forget(organization, account);
				if (what == Accounts.Taken.ID) {
					ids.computeIfAbsent(organization, (o) -> new LinkedHashSet<>()).add(account);
				}
			}
		});
		Mono<Void> holders = this.accounts.byEmails(attempt.work.emailsOf(List.copyOf(again)))
			.doOnNext(attempt.ledger::readAgain)
			.then();
		return holders.thenMany(Flux.fromIterable(ids.entrySet()))
			.concatMap((entry) -> this.accounts.byIds(entry.getKey(), entry.getValue()))
			.concatMapIterable((found) -> found)
			.doOnNext((found) -> attempt.takenOver(found.document()))
			.then();
	}

	/** One segment's decisions, until all of them are stored. */
	private static final class Attempt {

		private final Work work;

		private final Ledger ledger;

		private final Map<AccountId, Integer> generations = new HashMap<>();

		private Map<ObjectKey, Group> groups = Map.of();

		private Collection<ObjectWork> again = List.of();

		private Attempt(Work work, Ledger ledger) {
			this.work = work;
			this.ledger = ledger;
		}

		private void decide(ObjectWork user) {
			OrganizationId organization = user.facts().organization();
			this.ledger.decided(user,
					user.ask(() -> AccountChanges.of(this.work.deciding(user, this.groups), linked(user),
							this.ledger.waiting(user.key()), newId(organization, user.key()),
							this.ledger.claims(organization))));
		}

		private @Nullable Account linked(ObjectWork user) {
			Account linked = this.ledger.linked(user.key());
			if (linked != null || user.manual().isEmpty()) {
				return linked;
			}
			// A person named an account that no directory user is linked to.
			Account named = this.ledger.named(user.facts().organization(), user.manual().getFirst().account());
			return (named != null && named.status() != AccountStatus.WAITING) ? named : null;
		}

		/**
		 * The id of the object's next account: another one may have taken over the last.
		 */
		private AccountId newId(OrganizationId organization, ObjectKey object) {
			int generation = this.generations.getOrDefault(DerivedIds.account(organization, object), 0);
			AccountId id = DerivedIds.account(organization, object, generation);
			for (Account there = this.ledger.named(organization, id); there != null
					&& !there.linkedTo(object); there = this.ledger.named(organization, id)) {
				id = DerivedIds.account(organization, object, ++generation);
			}
			return id;
		}

		/** The id that an object would get belongs to an account that was taken over. */
		private void takenOver(Account account) {
			for (ObjectWork user : this.again) {
				if (newId(account.organization(), user.key()).equals(account.id())) {
					if (account.linkedTo(user.key())) {
						throw new Outrun("account %s was created by somebody else meanwhile".formatted(account.id()));
					}
					this.generations.merge(DerivedIds.account(account.organization(), user.key()), 1, Integer::sum);
				}
			}
		}

	}

}
