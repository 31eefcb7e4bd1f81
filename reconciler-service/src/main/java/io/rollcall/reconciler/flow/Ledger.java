package io.rollcall.reconciler.flow;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.change.Change;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.Claims;
import io.rollcall.reconciler.rules.Decided;
import io.rollcall.reconciler.rules.Link;
import io.rollcall.reconciler.rules.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of a segment: as they were read, and as they are decided one after
 * another, so that a later decision sees the earlier ones.
 */
final class Ledger {

	private final IntFunction<Redelivery> redelivery;

	private final Map<Id, Page> pages = new LinkedHashMap<>();

	private final Map<ObjectKey, List<Id>> byObject = new HashMap<>();

	private final Map<EmailKey, Id> holders = new HashMap<>();

	private final Map<EmailKey, List<Account>> wanters = new HashMap<>();

	/**
	 * An empty one.
	 * @param redelivery what is answered for where objects of a partition are decided
	 */
	Ledger(IntFunction<Redelivery> redelivery) {
		this.redelivery = redelivery;
	}

	/** Takes in accounts that were read; what is decided already stays. */
	void read(Collection<Stored<Account>> accounts) {
		for (Stored<Account> account : accounts) {
			Id id = new Id(account.document().organization(), account.document().id());
			if (!this.pages.containsKey(id)) {
				this.pages.put(id, new Page(account));
				index(id, account.document());
			}
		}
	}

	/** Takes in accounts as they are now, whatever was decided about them. */
	void readAgain(Collection<Stored<Account>> accounts) {
		accounts.forEach((account) -> forget(account.document().organization(), account.document().id()));
		read(accounts);
	}

	/** Forgets a decision that could not be stored. */
	void forget(OrganizationId organization, AccountId account) {
		Id id = new Id(organization, account);
		Page page = this.pages.remove(id);
		if (page != null) {
			this.holders.values().removeIf(id::equals);
			this.byObject.values().forEach((ids) -> ids.remove(id));
			if (page.stored != null) {
				this.pages.put(id, new Page(page.stored));
				index(id, page.stored.document());
			}
		}
	}

	void wanted(Collection<Stored<Account>> wanting) {
		for (Stored<Account> stored : wanting) {
			Account account = stored.document();
			if (account.held() != null && account.held().wants() != null) {
				this.wanters
					.computeIfAbsent(new EmailKey(account.organization(), account.held().wants()),
							(key) -> new ArrayList<>())
					.add(account);
			}
		}
	}

	@Nullable Account linked(ObjectKey object) {
		return account(object, Link.Status.LINKED);
	}

	@Nullable Account waiting(ObjectKey object) {
		return account(object, Link.Status.WAITING);
	}

	@Nullable Account named(OrganizationId organization, AccountId account) {
		Page page = this.pages.get(new Id(organization, account));
		return (page != null) ? page.account() : null;
	}

	Claims claims(OrganizationId organization) {
		return new Claims() {

			@Override
			public @Nullable Account holder(String emailKey) {
				Id holder = Ledger.this.holders.get(new EmailKey(organization, emailKey));
				Page page = (holder != null) ? Ledger.this.pages.get(holder) : null;
				return (page != null) ? page.account() : null;
			}

			@Override
			public Collection<Account> wanters(String emailKey) {
				return Ledger.this.wanters.getOrDefault(new EmailKey(organization, emailKey), List.of());
			}

		};
	}

	/** Notes what was decided for an object. */
	void decided(ObjectWork object, List<Decided<Account>> decided) {
		for (Decided<Account> next : decided) {
			Account account = next.document();
			Id id = new Id(account.organization(), account.id());
			Page page = this.pages.computeIfAbsent(id, (none) -> new Page(null));
			Account before = page.account();
			if (before != null && before.emailKey() != null && !before.emailKey().equals(account.emailKey())) {
				this.holders.remove(new EmailKey(account.organization(), before.emailKey()), id);
			}
			page.decided(object, next);
			index(id, account);
		}
	}

	/** What is to be written: every account once, whatever it went through. */
	List<Write<Account>> writes() {
		return this.pages.values().stream().filter(Page::dirty).map(Page::write).toList();
	}

	/** Notes that everything was stored but the given accounts. */
	void written(Collection<AccountId> notStored) {
		this.pages.forEach((id, page) -> {
			if (page.dirty() && !notStored.contains(id.account())) {
				page.stored();
			}
		});
	}

	/** The objects whose decisions made an account what it is. */
	Collection<ObjectWork> causes(AccountId account) {
		return this.pages.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().account().equals(account))
			.flatMap((entry) -> entry.getValue().causes.stream())
			.distinct()
			.toList();
	}

	/** The accounts of the object, as they are stored now. */
	List<Stored<Account>> ofObject(ObjectKey object) {
		List<Stored<Account>> accounts = new ArrayList<>(1);
		for (Id id : this.byObject.getOrDefault(object, List.of())) {
			Page page = this.pages.get(id);
			if (page != null && page.stored != null) {
				accounts.add(page.stored);
			}
		}
		return accounts;
	}

	/** An account that a person named, as it is stored now; none when it is not. */
	List<Stored<Account>> stored(OrganizationId organization, AccountId account) {
		Page page = this.pages.get(new Id(organization, account));
		return (page != null && page.stored != null) ? List.of(page.stored) : List.of();
	}

	private @Nullable Account account(ObjectKey object, Link.Status status) {
		for (Id id : this.byObject.getOrDefault(object, List.of())) {
			Page page = this.pages.get(id);
			Account account = (page != null) ? page.account() : null;
			if (account != null && account.link() != null && account.link().status() == status
					&& account.link().object().equals(object)) {
				return account;
			}
		}
		return null;
	}

	private void index(Id id, Account account) {
		if (account.link() != null) {
			List<Id> ids = this.byObject.computeIfAbsent(account.link().object(), (object) -> new ArrayList<>(1));
			if (!ids.contains(id)) {
				ids.add(id);
			}
		}
		if (account.emailKey() != null) {
			this.holders.put(new EmailKey(account.organization(), account.emailKey()), id);
		}
	}

	private record Id(OrganizationId organization, AccountId account) {
	}

	/** One account: as stored, and as decided since. */
	private final class Page {

		private @Nullable Stored<Account> stored;

		private @Nullable Account next;

		private final List<Pending> changes = new ArrayList<>();

		private final List<ObjectWork> causes = new ArrayList<>(1);

		private Page(@Nullable Stored<Account> stored) {
			this.stored = stored;
		}

		private @Nullable Account account() {
			return (this.next != null) ? this.next : (this.stored != null) ? this.stored.document() : null;
		}

		private void decided(ObjectWork object, Decided<Account> decided) {
			this.next = decided.document();
			this.causes.add(object);
			for (Change change : decided.changes()) {
				this.changes.add(new Pending(object.partition(), object.offset(), object.bulk(), false, change));
			}
		}

		private boolean dirty() {
			return this.next != null;
		}

		private Write<Account> write() {
			Account account = this.next;
			if (account == null) {
				throw new IllegalStateException("nothing was decided");
			}
			List<Pending> pending = new ArrayList<>();
			if (this.stored != null) {
				ObjectWork cause = this.causes.getLast();
				pending.addAll(
						Ledger.this.redelivery.apply(cause.partition()).kept(this.stored.pending(), cause.offset()));
			}
			pending.addAll(this.changes);
			return new Write<>(new Stored<>(account, pending),
					(this.stored != null) ? this.stored.document().version() : 0);
		}

		private void stored() {
			this.stored = write().next();
			this.next = null;
			this.changes.clear();
		}

	}

}
