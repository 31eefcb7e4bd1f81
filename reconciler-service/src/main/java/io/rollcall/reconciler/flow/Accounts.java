package io.rollcall.reconciler.flow;

import java.util.Collection;
import java.util.List;
import java.util.Map;

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
	 * Stores accounts with their pending changes, in one go.
	 * @return those that were not stored because of what another account has; fails with
	 * {@link Outrun} when somebody else wrote one meanwhile
	 */
	Mono<Map<AccountId, Taken>> write(List<Write<Account>> accounts);

	/** What of an account another one has. */
	enum Taken {

		EMAIL, ID

	}

}
