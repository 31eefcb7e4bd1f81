package io.rollcall.reconciler.flow.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.model.Reason;
import io.rollcall.model.directory.Observation.AccountsImported.Imported;
import io.rollcall.model.state.State.Status;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.AccountChanges;
import io.rollcall.reconciler.rules.Claims;
import io.rollcall.reconciler.rules.DerivedIds;
import io.rollcall.reconciler.rules.EmailKeys;
import io.rollcall.reconciler.rules.Facts;
import io.rollcall.reconciler.rules.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one organization while a batch is decided: as they were read, as they
 * are to be, and what has to be looked up before that can be said.
 */
final class KnownAccounts implements Claims {

	private final OrganizationId organization;

	private final Function<ObjectKey, @Nullable Facts> facts;

	private final Map<AccountId, StoredAccount> stored = new LinkedHashMap<>();

	private final Set<String> readEmails = new HashSet<>();

	private final Set<String> readWanted = new HashSet<>();

	private final Set<String> readKeys = new HashSet<>();

	private final Set<AccountId> readIds = new HashSet<>();

	private final Map<AccountId, Account> current = new HashMap<>();

	private final Set<AccountId> owners = new LinkedHashSet<>();

	private @Nullable Owners readOwners;

	private boolean unreadOwners;

	private final Map<AccountId, Origin> commands = new HashMap<>();

	private final Map<AccountId, Next> next = new LinkedHashMap<>();

	private final Map<String, AccountId> holders = new HashMap<>();

	private final Map<String, Set<AccountId>> wanters = new HashMap<>();

	private final Map<String, Set<AccountId>> keyed = new HashMap<>();

	private final Map<ObjectKey, List<AccountId>> ofObjects = new HashMap<>();

	private final Set<String> unreadEmails = new LinkedHashSet<>();

	private final Set<String> unreadWanted = new LinkedHashSet<>();

	private final Set<String> unreadKeys = new LinkedHashSet<>();

	private final Set<AccountId> unreadIds = new LinkedHashSet<>();

	/**
	 * @param facts of an object that an account belongs to
	 */
	KnownAccounts(OrganizationId organization, Function<ObjectKey, @Nullable Facts> facts) {
		this.organization = organization;
		this.facts = facts;
	}

	/** Takes what was read, and begins to decide anew. */
	void read(Collection<StoredAccount> accounts, Collection<String> emails, Collection<String> wanted,
			Collection<String> keys, Collection<AccountId> ids) {
		accounts.forEach((account) -> this.stored.put(account.account().id(), account));
		this.readEmails.addAll(emails);
		this.readWanted.addAll(wanted);
		this.readKeys.addAll(keys);
		this.readIds.addAll(ids);
		this.unreadEmails.clear();
		this.unreadWanted.clear();
		this.unreadKeys.clear();
		this.unreadIds.clear();
		this.next.clear();
		this.commands.clear();
		this.unreadOwners = false;
		this.owners.clear();
		if (this.readOwners != null) {
			this.owners.addAll(this.readOwners.accounts());
		}
		this.current.clear();
		this.holders.clear();
		this.wanters.clear();
		this.keyed.clear();
		this.ofObjects.clear();
		this.stored.values().forEach((account) -> index(account.account()));
	}

	Set<String> unreadEmails() {
		return this.unreadEmails;
	}

	Set<String> unreadWanted() {
		return this.unreadWanted;
	}

	Set<String> unreadKeys() {
		return this.unreadKeys;
	}

	Set<AccountId> unreadIds() {
		return this.unreadIds;
	}

	boolean isComplete() {
		return !this.unreadOwners && this.unreadEmails.isEmpty() && this.unreadWanted.isEmpty()
				&& this.unreadKeys.isEmpty() && this.unreadIds.isEmpty();
	}

	@Nullable Account linked(ObjectKey object) {
		return of(object, Account::isLinked);
	}

	@Nullable Account waiting(ObjectKey object) {
		return of(object, (account) -> account.status() == Status.WAITING);
	}

	private @Nullable Account of(ObjectKey object, Predicate<Account> which) {
		for (AccountId id : this.ofObjects.getOrDefault(object, List.of())) {
			Account account = this.current.get(id);
			if (account != null && which.test(account)) {
				return account;
			}
		}
		return null;
	}

	/** The accounts of an object as they are to be. */
	List<Account> of(ObjectKey object) {
		List<AccountId> ids = this.ofObjects.get(object);
		return (ids != null) ? ids.stream().map(this.current::get).toList() : List.of();
	}

	/**
	 * Who waits for the account of an object that is gone, and was told that it is there.
	 */
	List<ObjectKey> mayBeTakenOver(ObjectKey object) {
		Account account = linked(object);
		if (account == null || account.emailKey() == null) {
			return List.of();
		}
		return this.wanters.getOrDefault(account.emailKey(), Set.of())
			.stream()
			.map(this.current::get)
			.filter((wanter) -> wanter.status() == Status.WAITING && wanter.held() != null
					&& wanter.held().code() == Reason.Code.EMAIL_TAKEN)
			.map(Account::object)
			.filter(Objects::nonNull)
			.toList();
	}

	/** Takes the list of owners as it is stored. */
	void read(Owners found) {
		this.readOwners = found;
		this.owners.clear();
		this.owners.addAll(found.accounts());
	}

	boolean lacksOwners() {
		return this.unreadOwners;
	}

	/** Who owns the organization as was decided. */
	Set<AccountId> owners() {
		return this.owners;
	}

	/** The list of owners as it is to be written; null where it stays. */
	@Nullable Owners nextOwners() {
		Owners before = this.readOwners;
		return (before == null || before.accounts().equals(this.owners)) ? null
				: new Owners(this.organization, this.owners, before.revision() + 1);
	}

	@Override
	public boolean isLastOwner(AccountId owner) {
		this.unreadOwners |= this.readOwners == null;
		this.owners.add(owner);
		return this.owners.size() == 1;
	}

	@Override
	public void takeOff(AccountId owner) {
		this.owners.remove(owner);
	}

	/** As it is to be; read next where it was not. */
	@Nullable Account find(AccountId id) {
		Account account = this.current.get(id);
		if (account == null && !this.readIds.contains(id)) {
			this.unreadIds.add(id);
		}
		return account;
	}

	@Nullable StoredAccount stored(AccountId id) {
		return this.stored.get(id);
	}

	/**
	 * The id of an object's next account: another object may have taken over the last.
	 */
	AccountId newId(ObjectKey object) {
		AccountId id = DerivedIds.account(this.organization, object);
		for (int generation = 1; isOfAnother(id, object); generation++) {
			id = DerivedIds.account(this.organization, object, generation);
			if (!this.stored.containsKey(id) && !this.readIds.contains(id)) {
				this.unreadIds.add(id);
			}
		}
		return id;
	}

	private boolean isOfAnother(AccountId id, ObjectKey object) {
		Account account = this.current.get(id);
		return account != null && !object.equals(account.object());
	}

	/** Takes what was decided about an object. */
	void decided(Work.OfObject object, List<AccountChanges.Decided> decided) {
		for (AccountChanges.Decided one : decided) {
			Account before = this.current.get(one.account().id());
			if (before != null) {
				forget(before);
			}
			index(one.account());
			this.next.put(one.account().id(), new Next(one.account(), one.reason(), object));
		}
	}

	/** Takes what came of a person's act, unless it was obeyed before. */
	void obeyed(Work.OfObject object, Batch.Entry act, AccountChanges.Decided decided) {
		AccountId id = decided.account().id();
		if (!decided.account().equals(this.current.get(id))) {
			decided(object, List.of(decided));
		}
		this.commands.put(id, act.origin());
	}

	/** Whether an account has obeyed an act, or one after it. */
	boolean hasObeyed(AccountId id, Batch.Entry act) {
		Origin last = command(id);
		return last != null && act.origin().isUpTo(last);
	}

	/** The last act that an account has obeyed, with this batch. */
	@Nullable Origin command(AccountId id) {
		StoredAccount known = this.stored.get(id);
		Origin now = this.commands.get(id);
		return (now != null) ? now : (known != null) ? known.command() : null;
	}

	/**
	 * Takes an account that is imported, unless it was before. Without its address where
	 * another account has that.
	 */
	void imported(Imported imported, Work.Import by) {
		if (this.current.containsKey(imported.account())) {
			return;
		}
		Map<String, String> fields = new LinkedHashMap<>(imported.fields());
		String email = fields.get(Account.EMAIL);
		String key = (email != null) ? EmailKeys.of(email) : null;
		Account holder = (key != null) ? holder(key) : null;
		Reason held = null;
		if (holder != null) {
			fields.remove(Account.EMAIL);
			held = new Reason(Reason.Code.EMAIL_TAKEN,
					Map.of("email", String.valueOf(email), "holder", holder.id().value(), "name", holder.name()));
		}
		Account account = new Account(this.organization, imported.account(), Status.ACTIVE, fields,
				(holder == null) ? key : null, imported.keys(), null, List.of(), null, Account.Staged.NOTHING, held,
				null, 0, 0, 0);
		index(account);
		this.next.put(account.id(), new Next(account, Reason.of(Reason.Code.IMPORTED), by));
	}

	/** What is to be written. */
	Collection<Next> next() {
		return this.next.values();
	}

	@Override
	public @Nullable Account holder(String emailKey) {
		AccountId holder = this.holders.get(emailKey);
		if (holder == null && !this.readEmails.contains(emailKey)) {
			this.unreadEmails.add(emailKey);
		}
		return (holder != null) ? this.current.get(holder) : null;
	}

	@Override
	public @Nullable Account account(AccountId id) {
		if (!this.stored.containsKey(id) && !this.readIds.contains(id)) {
			this.unreadIds.add(id);
		}
		return this.current.get(id);
	}

	@Override
	public Collection<Account> keyed(String key) {
		if (!this.readKeys.contains(key)) {
			this.unreadKeys.add(key);
		}
		Set<AccountId> ids = this.keyed.get(key);
		return (ids != null) ? ids.stream().map(this.current::get).toList() : List.of();
	}

	@Override
	public Collection<Account> wanters(String emailKey) {
		if (!this.readWanted.contains(emailKey)) {
			this.unreadWanted.add(emailKey);
		}
		Set<AccountId> ids = this.wanters.get(emailKey);
		return (ids != null) ? ids.stream().map(this.current::get).toList() : List.of();
	}

	@Override
	public @Nullable Facts factsOf(ObjectKey object) {
		return this.facts.apply(object);
	}

	private void index(Account account) {
		this.current.put(account.id(), account);
		if (account.emailKey() != null) {
			this.holders.put(account.emailKey(), account.id());
		}
		if (account.wants() != null) {
			this.wanters.computeIfAbsent(account.wants(), (key) -> new LinkedHashSet<>()).add(account.id());
		}
		account.keys()
			.forEach((key) -> this.keyed.computeIfAbsent(key, (_) -> new LinkedHashSet<>()).add(account.id()));
		if (account.object() != null) {
			this.ofObjects.computeIfAbsent(account.object(), (key) -> new ArrayList<>(1)).add(account.id());
		}
	}

	private void forget(Account account) {
		if (account.emailKey() != null) {
			this.holders.remove(account.emailKey(), account.id());
		}
		if (account.wants() != null) {
			this.wanters.getOrDefault(account.wants(), Set.of()).remove(account.id());
		}
		account.keys().forEach((key) -> this.keyed.getOrDefault(key, Set.of()).remove(account.id()));
		if (account.object() != null) {
			this.ofObjects.getOrDefault(account.object(), List.of()).remove(account.id());
		}
	}

	/**
	 * An account as it is to be.
	 *
	 * @param writer whose decision it was
	 */
	record Next(Account account, Reason reason, Writer writer) {
	}

}
