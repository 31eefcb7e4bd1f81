package io.rollcall.reconciler.flow;

import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.rollcall.model.AccountId;
import io.rollcall.model.OrganizationId;
import io.rollcall.reconciler.rules.Account;
import io.rollcall.reconciler.rules.ObjectKey;
import reactor.core.publisher.Mono;

/** The stored accounts. Reads are from the primary. */
public interface Accounts {

	/** Accounts with a link, of any status, to one of the objects. */
	Mono<List<Stored<Account>>> byObjects(Collection<ObjectKey> objects);

	/** Accounts that have one of the e-mail keys. */
	Mono<List<Stored<Account>>> byEmails(Collection<EmailKey> emails);

	/** Accounts by their ids. */
	Mono<List<Stored<Account>>> byIds(OrganizationId organization, Collection<AccountId> ids);

	/** Held accounts that want one of the e-mail keys. */
	Mono<List<Stored<Account>>> wanting(Collection<EmailKey> emails);

	/**
	 * Stores accounts with their pending changes, each as its own version says: version 1
	 * is new, any other replaces the version before.
	 * @return those that were not stored because another account has their e-mail key;
	 * fails with {@link Outrun} when somebody else wrote one meanwhile
	 */
	Mono<Set<AccountId>> write(List<Stored<Account>> accounts);

}
